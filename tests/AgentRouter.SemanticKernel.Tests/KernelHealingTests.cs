using System.ComponentModel;
using AgentRouter.Expressions;
using AgentRouter.SemanticKernel.Tools;
using AgentRouter.Tools;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Capabilities.Import;
using Microsoft.SemanticKernel;

namespace AgentRouter.SemanticKernel.Tests;

public class KernelHealingTests
{
    [Fact]
    public async Task A_goal_over_kernel_functions_goes_around_the_one_that_fails()
    {
        var shop = new Shop();
        var kernel = new Kernel();
        kernel.Plugins.AddFromObject(shop, "shop");

        KernelPlugin plugin = kernel.AddCapabilities(new CapabilityGraph(
            [
                new CapabilityTool { Name = "stripe", Tool = "shop.Stripe", Provides = ["refund"], Needs = ["orderId"] },
                new CapabilityTool { Name = "razorpay", Tool = "shop.Razorpay", Provides = ["refund"], Needs = ["orderId"], Cost = 2 },
            ],
            [new CapabilityFact("orderId", DataType.Text, "The order's number")]));

        KernelFunction refund = plugin["refund"];
        refund.Metadata.Parameters.ShouldHaveSingleItem().Name.ShouldBe("orderId");
        FunctionResult result = await kernel.InvokeAsync(refund, new KernelArguments { ["orderId"] = "A-7" });
        result.ToString().ShouldContain("A-7 refunded");
        result.ToString().ShouldContain("stripe failed on the way");
        shop.Refunds.ShouldBe(["A-7"]);
    }

    [Fact]
    public async Task A_function_that_breaks_in_the_middle_is_not_replaced_by_one_that_does_the_same()
    {
        var shop = new Shop { BreaksAfter = true };
        var kernel = new Kernel();
        kernel.Plugins.AddFromObject(shop, "shop");
        KernelPlugin plugin = kernel.AddCapabilities(new CapabilityGraph(
            [
                new CapabilityTool { Name = "razorpay", Tool = "shop.Razorpay", Provides = ["refund"], Needs = ["orderId"] },
                new CapabilityTool { Name = "stripe", Tool = "shop.Stripe", Provides = ["refund"], Needs = ["orderId"], Cost = 2 },
            ],
            [new CapabilityFact("orderId", DataType.Text)]));

        FunctionResult failure = await kernel.InvokeAsync(plugin["refund"], new KernelArguments { ["orderId"] = "A-7" });

        failure.ToString().ShouldContain("look after what razorpay did");
        shop.Refunds.ShouldBe(["A-7"]);
    }

    [Fact]
    public async Task A_graph_is_made_of_what_a_kernel_s_functions_say_of_themselves()
    {
        var bank = new Bank();
        var kernel = new Kernel();
        kernel.Plugins.AddFromObject(bank, "bank");

        CapabilityImport import = kernel.ImportCapabilities();
        KernelPlugin plugin = kernel.AddCapabilities(import.Graph);
        FunctionResult result = await kernel.InvokeAsync(plugin["refund"], new KernelArguments { ["orderId"] = "A-7" });

        import.Notes.ShouldBeEmpty();
        import.Graph.Tools.Select(tool => (tool.Name, tool.Cost, tool.Effect)).ShouldBe([("bank.North", 1, ToolEffect.Once), ("bank.South", 2, ToolEffect.Repeatable), ("bank.Say", 1, ToolEffect.Once)], ignoreOrder: true);
        import.Graph.Capabilities.ShouldBe(["refund", "bank.Say"], ignoreOrder: true);
        result.ToString().ShouldContain("A-7 over South");
        kernel.ImportCapabilities().Graph.Tools.Count.ShouldBe(3);
    }

    private sealed class Bank
    {
        [KernelFunction, Provides("refund"), Description("Refunds over North")]
        public string North(string orderId) => throw new ToolException($"North is down, {orderId} cannot be refunded.");

        [KernelFunction, Provides("refund", Cost = 2, Effect = ToolEffect.Repeatable), Description("Refunds over South")]
        public string South(string orderId) => $"{orderId} over South";

        [KernelFunction, Description("Says it.")]
        public string Say(string text) => text;
    }

    private sealed class Shop
    {
        public List<string> Refunds { get; } = [];

        public bool BreaksAfter { get; init; }

        [KernelFunction, Description("Refunds over Stripe")]
        public string Stripe(string orderId) => throw new ToolException($"Stripe is down, {orderId} cannot be refunded.");

        [KernelFunction, Description("Refunds over Razorpay")]
        public string Razorpay(string orderId)
        {
            Refunds.Add(orderId);
            return BreaksAfter ? throw new InvalidOperationException("The connection broke.") : orderId + " refunded";
        }
    }
}
