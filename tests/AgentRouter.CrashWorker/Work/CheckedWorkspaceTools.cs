using System.Text.Json;
using AgentRouter.Tools;
using AgentRouter.Tools.Workspace;
using Microsoft.Extensions.AI;

namespace AgentRouter.CrashWorker.Work;

/// <summary>The workspace tools, but for two things: <c>test</c> looks at the code instead of running it, and what is edited is noted.</summary>
internal sealed class CheckedWorkspaceTools(LineLog effects) : IToolSource
{
    // what the sample's tests find out by running the code
    private static readonly (string File, string Text, string Test)[] Checks =
    [
        ("LinePricer.cs", "line.ListPrice * (1 - VolumeDiscount", "LinePricerTests.A_line_is_rounded_once_at_its_end"),
        ("LinePricer.cs", "return Cents.Round(price);", "LinePricerTests.A_line_is_rounded_once_at_its_end"),
        ("Checkout.cs", "coupon.AppliesTo(subtotal)", "CheckoutTests.A_coupon_needs_its_minimum_after_volume_discounts"),
        ("Checkout.cs", "coupon.DiscountOn(subtotal)", "CheckoutTests.A_coupon_is_taken_off_the_subtotal"),
        ("Checkout.cs", "goods >= FreeShippingFrom", "CheckoutTests.Free_shipping_looks_at_the_price_after_the_coupon"),
        ("Coupon.cs", "amount >= MinimumOrder", "CheckoutTests.A_coupon_counts_at_exactly_its_minimum"),
    ];

    private readonly WorkspaceToolSource _inner = new();

    public string Name => _inner.Name;

    public IReadOnlyList<ToolDescription> Descriptions => _inner.Descriptions;

    public async ValueTask<IToolSession> OpenAsync(ToolContext context, CancellationToken cancellationToken = default)
    {
        IToolSession session = await _inner.OpenAsync(context, cancellationToken);
        return new Session(session, [.. session.Tools.Select(tool => Replace(tool, context.WorkspaceRoot!))]);
    }

    private OpenTool Replace(OpenTool tool, string root) => tool.Description.FullName switch
    {
        "workspace.test" => tool with { Function = AIFunctionFactory.Create(() => Test(Path.Combine(root, "src", "Shop.Pricing")), tool.Function.Name, tool.Function.Description) },
        "workspace.edit" => tool with { Function = new NotedFunction(tool.Function, effects) },
        _ => tool,
    };

    private static object Test(string folder)
    {
        string[] failed = [.. Checks.Where(check => !File.ReadAllText(Path.Combine(folder, check.File)).Contains(check.Text, StringComparison.Ordinal)).Select(check => check.Test).Distinct()];
        return new
        {
            exitCode = failed.Length == 0 ? 0 : 1,
            passed = Checks.Length - failed.Length,
            failed = failed.Length,
            skipped = 0,
            output = string.Join('\n', failed.Select(test => $"  Failed Shop.Pricing.Tests.{test} [1 ms]")),
            timedOut = false,
        };
    }

    private sealed class Session(IToolSession inner, IReadOnlyList<OpenTool> tools) : IToolSession
    {
        public IReadOnlyList<OpenTool> Tools => tools;

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class NotedFunction(AIFunction inner, LineLog effects) : DelegatingAIFunction(inner)
    {
        protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
        {
            object? result = await base.InvokeCoreAsync(arguments, cancellationToken);
            effects.Add($"workspace.edit {JsonSerializer.Serialize(arguments.ToDictionary(argument => argument.Key, argument => argument.Value?.ToString()))}");
            return result;
        }
    }
}
