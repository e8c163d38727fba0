// A Semantic Kernel with a plugin whose every LLM call is routed, and paid from the budget of a task.
// It runs offline: the two models answer from script.yaml. With models of your own, whose tiers go from the least to the most capable:
//   dotnet run --project samples/SemanticKernel -- agentrouter.yaml
using System.ComponentModel;
using AgentRouter.Budgets;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Models;
using AgentRouter.Providers;
using AgentRouter.Providers.Scripted;
using AgentRouter.Routing.Policies.Rules;
using AgentRouter.Routing.Tasks;
using AgentRouter.SemanticKernel;
using AgentRouter.Workflows.Yaml;
using Microsoft.SemanticKernel;

RouterConfiguration configuration = args is [string file]
    ? ConfigurationLoader.Load(file).OrThrow()
    : ScriptedConfiguration.ForScript(Path.Combine(AppContext.BaseDirectory, "SemanticKernel.script.yaml"));
using ModelSet models = ModelSetFactory.Create(configuration, new EnvironmentSecrets());

IKernelBuilder builder = Kernel.CreateBuilder();
builder.AddAgentRouter(models, router => router.UseRules(
    RoutingRule.Parse("toolResults >= 2", models.Tiers[^1]),
    RoutingRule.Otherwise(models.Tiers[0])));
builder.Plugins.AddFromType<StockPlugin>("stock");
Kernel kernel = builder.Build();

using TaskScope task = kernel.BeginTask(new Budget { Usd = 0.25m }, new ConsoleEvents());
try
{
    // Function calling: the router decides anew at each round.
    var withTools = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };
    FunctionResult answer = await kernel.InvokePromptAsync("A customer wants 20 folders. What do we tell them?", new(withTools));
    Console.WriteLine($"\n{answer}\n");

    // A prompt that names a tier as its service stays in that tier; it streams, and is metered all the same.
    var cheap = new PromptExecutionSettings { ServiceId = models.Tiers[0] };
    string sentence = "";
    await foreach (StreamingKernelContent part in kernel.InvokePromptStreamingAsync("Say it in one sentence: {{$answer}}", new(cheap) { ["answer"] = answer.ToString() }))
        sentence += part;
    Console.WriteLine($"\n{sentence}\n");
}
catch (BudgetExceededException exceeded)
{
    Console.WriteLine(exceeded.Message);
}

BudgetSnapshot budget = task.Ledger.Snapshot();
Console.WriteLine($"{budget.Spent.Usd} of {budget.LimitUsd} spent in {budget.Spent.Calls} calls.");

internal sealed class StockPlugin
{
    [KernelFunction("quantity"), Description("Tells how many of a product there are.")]
    public string Quantity(string product) => $"12 of {product} in stock, 8 more on Monday.";

    [KernelFunction("price"), Description("Tells the price of a product.")]
    public decimal Price(string product) => product == "folder" ? 12.00m : 0.25m;
}

/// <summary>Shows each decision and what it cost.</summary>
internal sealed class ConsoleEvents : IRunEventSink
{
    public void Emit(RunEvent runEvent)
    {
        string? line = runEvent switch
        {
            StepRouted routed => $"call {routed.Step}: {routed.Model} ({routed.Tier}), because {routed.Reason}",
            BudgetDegraded degraded => $"        {degraded.To} instead of {degraded.From}: {degraded.Reason}",
            CallFailed failed => $"        failed: {failed.Message} {failed.Next}",
            BudgetSettled settled => $"        {settled.Booked.Tokens} tokens for {settled.Booked.Usd}, {settled.After.RemainingUsd} left",
            _ => null,
        };
        if (line is not null)
            Console.WriteLine(line);
    }
}
