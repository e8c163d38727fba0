// A shop refunds five orders over two payment services, NorthPay and SouthPay. NorthPay dies in the middle of the second refund, at the worst moment: the
// money is on its way, the answer is not. No model is asked, no order is refunded twice, and the other services never notice.
//   dotnet run --project samples/self-healing
using System.ComponentModel;
using System.Globalization;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Healing.Calls;
using AgentRouter.Tools.Health;
using AgentRouter.Workflows.Yaml.ToolGraphs;
using Microsoft.Extensions.AI;
using SelfHealing;

var bank = new Bank();
await using var north = new PaymentService("NorthPay", bank) { DiesWith = "A-2" };
await using var south = new PaymentService("SouthPay", bank);
using var http = new HttpClient();

// What tools provide and need. The payment services do the same at different cost; what the bank's statement says is how anybody finds out.
CapabilityGraph graph = ToolGraphLoader.Load(Path.Combine(AppContext.BaseDirectory, "SelfHealing.graph.yaml")).OrThrow();

var tools = new FunctionToolCaller(
[
    AIFunctionFactory.Create(([Description("The order's number")] string order) => 40m + order[^1] - '0', "orders"),
    AIFunctionFactory.Create((string order, decimal amount, CancellationToken cancellationToken) => north.RefundAsync(http, order, amount, cancellationToken), "northpay"),
    AIFunctionFactory.Create((string order, decimal amount, CancellationToken cancellationToken) => south.RefundAsync(http, order, amount, cancellationToken), "southpay"),
    AIFunctionFactory.Create((string order) => bank.Find(order), "statement"),
    AIFunctionFactory.Create((string order, string refund) => $"Order {order}: {refund}.", "mail"),
]);

// a call may take its time here, so that the busiest machine shows the same story
var healer = new ToolHealer(graph, new ToolHealthRegistry(new ToolHealthOptions { UsualLatency = TimeSpan.FromSeconds(5) }));
bool isAllDone = true;
foreach (string order in new[] { "A-1", "A-2", "A-3", "A-4", "A-5" })
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\norder {order}{(order == north.DiesWith ? "     (NorthPay will die in this one; nobody knows)" : "")}"));
    GoalResult result = await healer.ReachAsync(new GoalRequest(graph.Goals[0], tools)
    {
        Key = order,
        Facts = new() { ["order"] = order },
        Events = new Screen(graph),
    });
    isAllDone &= result.Status == GoalStatus.Reached;
    Console.WriteLine($"  {(result.Status == GoalStatus.Reached ? "✓" : "✗")} {result.Facts["confirmation"] ?? result.Reason}");
}

Console.WriteLine("\nthe bank's statement");
foreach (string line in bank.Statement)
    Console.WriteLine("  " + line);
return isAllDone ? 0 : 1;
