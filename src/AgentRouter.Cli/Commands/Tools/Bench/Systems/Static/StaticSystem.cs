using System.Text.Json.Nodes;
using AgentRouter.Cli.Commands.Tools.Bench.Domains;
using AgentRouter.Cli.Commands.Tools.Bench.Judging;
using AgentRouter.Cli.Commands.Tools.Bench.Systems.Playbooks;
using AgentRouter.Cli.Commands.Tools.Bench.Worlds;

namespace AgentRouter.Cli.Commands.Tools.Bench.Systems.Static;

/// <summary>A well made workflow without a model: a fixed order, one stand-in for each step, a person where a step that matters has no service left.</summary>
/// <remarks>As in the workflow of the paper, and in many others, a message is a step that does not matter: a refund is not held up by a mail that cannot be sent,
/// so the step's failure is caught and nobody is told.</remarks>
internal sealed class StaticSystem : IBenchSystem
{
    /// <inheritdoc/>
    public string Name => "static";

    /// <inheritdoc/>
    public async Task<SystemRun> RunAsync(ScenarioDomain domain, World world, CancellationToken cancellationToken)
    {
        JsonObject known = domain.Facts;
        int reroutes = 0;
        foreach (Stage stage in domain.Playbook.Stages)
        {
            if (stage.Before?.Invoke(known) is { } rule)
                return await EndAsync(rule, world, known, cancellationToken) with { Reroutes = reroutes, Escalations = 1 };
            bool isDone = false;
            int failures = 0;
            foreach (string service in stage.Options(known))
            {
                if (isDone = await CallAsync(world, service, known, stage.Name, null, cancellationToken))
                    break;
                failures++;
            }

            reroutes += isDone ? failures : Math.Max(0, failures - 1);
            if (isDone)
                continue;
            if (stage.Lost is { } ending && !stage.IsMessage)
                return await EndAsync(ending, world, known, cancellationToken) with { Reroutes = reroutes, Demotions = 1 };
            if (stage.Lost is not null)
                continue;
            known[stage.Name] = Stage.Unchecked;
            reroutes++;
        }

        return new SystemRun(Claim.Reached, "done") { Reroutes = reroutes };
    }

    private static async Task<SystemRun> EndAsync(Ending ending, World world, JsonObject known, CancellationToken cancellationToken)
    {
        foreach (EndingCall call in ending.Calls)
        {
            if (!await CallAsync(world, call.Service, known, null, call.Arguments, cancellationToken))
                return new SystemRun(Claim.Failed, $"not even: {ending.Name}");
        }

        return new SystemRun(Claim.Lesser, ending.Name);
    }

    private static async Task<bool> CallAsync(World world, string service, JsonObject known, string? learned, JsonObject? others, CancellationToken cancellationToken)
    {
        try
        {
            object? result = await world.Functions[service].InvokeAsync(Playbook.ArgumentsOf(world.Functions[service], known, others), cancellationToken);
            if (learned is not null)
                known[learned] = ServiceResult.ToNode(result);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return false;
        }
    }
}
