using AgentRouter.Cli.Commands.Tools.Bench.Domains;
using AgentRouter.Cli.Commands.Tools.Bench.Judging;
using AgentRouter.Cli.Commands.Tools.Bench.Worlds;
using Microsoft.Extensions.AI;

namespace AgentRouter.Cli.Commands.Tools.Bench.Systems.ReAct;

/// <summary>A function-calling loop: the model sees what each call came to, and says what is called next (ReAct, Yao et al. 2023).</summary>
internal sealed class ReActSystem : IBenchSystem
{
    /// <summary>What the result of a call begins with that failed.</summary>
    public const string Error = "Error: ";

    private const int MostTurns = 50;

    /// <inheritdoc/>
    public string Name => "ReAct";

    /// <inheritdoc/>
    public async Task<SystemRun> RunAsync(ScenarioDomain domain, World world, CancellationToken cancellationToken)
    {
        using var model = new ReActModel(domain);
        var options = new ChatOptions { Tools = [.. world.Functions.Values] };
        var messages = new List<ChatMessage> { new(ChatRole.User, domain.Task) };
        for (int turns = 1; turns <= MostTurns; turns++)
        {
            ChatResponse response = await model.GetResponseAsync(messages, options, cancellationToken);
            messages.AddRange(response.Messages);
            bool isDone = await CallAsync(world, response, messages, cancellationToken);
            if (isDone && FinalAnswer.Read(response.Text) is var (claim, answer))
                return new SystemRun(claim, answer) { LlmCalls = turns, Reroutes = model.Reroutes, Demotions = model.Demotions, Escalations = model.Escalations };
        }

        return new SystemRun(Claim.Failed, $"no answer within {MostTurns} turns") { LlmCalls = MostTurns };
    }

    private static async Task<bool> CallAsync(World world, ChatResponse response, List<ChatMessage> messages, CancellationToken cancellationToken)
    {
        bool isDone = true;
        foreach (FunctionCallContent call in response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>())
        {
            object? result;
            try
            {
                result = await world.Functions[call.Name].InvokeAsync(new AIFunctionArguments(call.Arguments), cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                (result, isDone) = (Error + exception.Message, false);
            }

            messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, result)]));
        }

        return isDone;
    }
}
