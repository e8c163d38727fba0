// A chat client of Microsoft.Extensions.AI whose every LLM call is routed, and paid from the budget of a task.
// It runs offline: the two models answer from script.yaml. With models of your own, whose tiers go from the least to the most capable:
//   dotnet run --project samples/ExtensionsAI -- agentrouter.yaml
using System.ComponentModel;
using AgentRouter.Budgets;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Models;
using AgentRouter.Providers;
using AgentRouter.Providers.Scripted;
using AgentRouter.Routing;
using AgentRouter.Routing.Policies.Rules;
using AgentRouter.Routing.Tasks;
using AgentRouter.Workflows.Yaml;
using Microsoft.Extensions.AI;

RouterConfiguration configuration = args is [string file]
    ? ConfigurationLoader.Load(file).OrThrow()
    : ScriptedConfiguration.ForScript(Path.Combine(AppContext.BaseDirectory, "ExtensionsAI.script.yaml"));
ModelSet models = ModelSetFactory.Create(configuration, new EnvironmentSecrets());

// The router stands below the function invocation, so that it decides anew after each round of tool calls.
using IChatClient client = new ChatClientBuilder(models)
    .UseFunctionInvocation()
    .UseStepRouting(router => router.UseRules(
        RoutingRule.Parse("toolResults >= 2", models.Tiers[^1]),
        RoutingRule.Otherwise(models.Tiers[0])))
    .Build();

ChatOptions options = new()
{
    Tools = [AIFunctionFactory.Create(Shop.OrderStatus, "order_status"), AIFunctionFactory.Create(Shop.ReturnRules, "return_rules")],
};

using TaskScope task = client.BeginTask(new Budget { Usd = 0.25m }, new ConsoleEvents());
try
{
    ChatResponse answer = await client.GetResponseAsync("My parcel 4711 came broken. Can I send it back, and until when?", options);
    Console.WriteLine($"\n{answer.Text}\n");
}
catch (BudgetExceededException exceeded)
{
    Console.WriteLine(exceeded.Message);
}

BudgetSnapshot budget = task.Ledger.Snapshot();
Console.WriteLine($"{budget.Spent.Usd} of {budget.LimitUsd} spent in {budget.Spent.Calls} calls.");

internal static class Shop
{
    [Description("Tells where an order is.")]
    public static string OrderStatus(string order) => $"Order {order} was delivered on 12 May.";

    [Description("Tells the rules for returns.")]
    public static string ReturnRules() => "Goods that arrive damaged can be returned within 30 days of delivery. The shop pays the postage.";
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
