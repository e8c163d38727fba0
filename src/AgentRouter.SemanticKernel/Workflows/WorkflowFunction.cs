using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Routing.Tasks;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using Microsoft.SemanticKernel;

namespace AgentRouter.SemanticKernel.Workflows;

/// <summary>Runs a workflow where a kernel function is called.</summary>
internal sealed class WorkflowFunction(WorkflowDefinition workflow, WorkflowEngine engine, Budget? budget)
{
    private const int MaxTries = 8;

    public async Task<FunctionResult> InvokeAsync(KernelFunction function, KernelArguments arguments, CancellationToken cancellationToken)
    {
        RunResult result;
        try
        {
            result = await RunAsync(Inputs(arguments), cancellationToken);
        }
        catch (Exception exception) when (exception is ConfigurationException or BudgetExceededException)
        {
            return new FunctionResult(function, exception.Message);
        }

        if (result.Outcome == RunOutcome.Cancelled)
            cancellationToken.ThrowIfCancellationRequested();
        return new FunctionResult(function, Say(result), metadata: new Dictionary<string, object?> { [WorkflowExtensions.RunKey] = result });
    }

    private async Task<RunResult> RunAsync(Dictionary<string, JsonNode?> inputs, CancellationToken cancellationToken)
    {
        if (TaskScope.Current is not { } task)
        {
            return await engine.Start(workflow, new RunRequest { Inputs = inputs, Budget = budget, StreamEvents = false }, cancellationToken).Completion;
        }

        BudgetLedger part = Grant(task.Ledger);
        WorkflowRun run;
        try
        {
            run = engine.Start(workflow, new RunRequest { Inputs = inputs, Ledger = part, StreamEvents = false }, cancellationToken);
        }
        catch
        {
            part.Close();
            throw;
        }

        string child = workflow.Name + "/" + run.RunId;
        task.Events?.Emit(new GrantGiven(child, part.Snapshot()) { Node = task.Node });
        RunResult result = await run.Completion;
        part.Close();
        task.Events?.Emit(new GrantReturned(child, part.Snapshot().Spent) { Node = task.Node });
        return result;
    }

    // What the workflow asks for, at most what is left. The last answer is the task's: a part holds nothing back for one.
    private BudgetLedger Grant(BudgetLedger ledger)
    {
        BudgetLedger? part;
        BudgetRefusal? refusal;
        int tries = 0;
        do
        {
            BudgetAmount free = ledger.Available();
            var declared = budget ?? new Budget();
            Budget clamped = declared with
            {
                Usd = declared.Usd is { } usd ? Math.Min(usd, free.Usd.ToUsd()) : null,
                Tokens = Least(declared.Tokens, free.Tokens),
                Calls = Least(declared.Calls, free.Calls),
                Steps = Least(declared.Steps, free.Steps),
                Mode = ledger.Budget.Mode,
                OnExceeded = OnExceeded.Stop,
                ReserveForWrapUp = 0,
            };
            // a rival may have taken what was free a moment ago
            if (ledger.TryGrant(clamped, out part, out refusal))
                return part;
        }
        while (++tries < MaxTries && refusal.Dimension != BudgetDimension.Time);
        throw new BudgetExceededException(refusal, ledger.Budget.OnExceeded);
    }

    private Dictionary<string, JsonNode?> Inputs(KernelArguments arguments)
    {
        var inputs = new Dictionary<string, JsonNode?>();
        foreach (InputDefinition input in workflow.Inputs)
        {
            if (arguments.TryGetValue(input.Name, out object? value) && WorkflowParameters.Read(input, value) is { } given)
                inputs[input.Name] = given;
        }

        return inputs;
    }

    private string Say(RunResult result) => result.Outcome switch
    {
        RunOutcome.Succeeded => result.Answer ?? $"The workflow '{workflow.Name}' succeeded.",
        RunOutcome.Failed => Say("failed", result),
        RunOutcome.BudgetExceeded => Say("used up its budget", result),
        RunOutcome.Waiting => Say("waits for a person and cannot go on by itself", result),
        _ => Say("was cancelled", result),
    };

    private string Say(string how, RunResult result) =>
        $"The workflow '{workflow.Name}' {how}. {result.Reason}{(string.IsNullOrEmpty(result.Answer) ? "" : " What it has: " + result.Answer)}".TrimEnd();

    private static long? Least(long? declared, long free) => declared is { } limit ? Math.Min(limit, free) : null;
}
