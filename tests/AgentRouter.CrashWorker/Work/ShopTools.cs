using System.ComponentModel;
using AgentRouter.Expressions;
using AgentRouter.Tools;
using Microsoft.Extensions.AI;

namespace AgentRouter.CrashWorker.Work;

/// <summary>A shop: looking is free, paying must not happen twice.</summary>
internal sealed class ShopTools(LineLog effects, TimeSpan dawdles) : IToolSource, IToolSession
{
    private static readonly DataType Receipt = new DataType.Object(new Dictionary<string, DataType> { ["receipt"] = DataType.Text });

    public string Name => "shop";

    public IReadOnlyList<ToolDescription> Descriptions => [.. Tools.Select(tool => tool.Description)];

    public IReadOnlyList<OpenTool> Tools { get; } =
    [
        Open(new ToolDescription("shop.look", "Looks whether a thing is there.", DataType.Text) { IsIdempotent = true, Parameters = ["what"] }, async (string what) =>
        {
            if (dawdles > TimeSpan.Zero)
                await Task.Delay(dawdles, TimeProvider.System);
            return $"There is {what}.";
        }),
        Open(new ToolDescription("shop.pay", "Pays.", Receipt) { Parameters = ["what", "amount"] }, ([Description("For what.")] string what, int amount) =>
        {
            effects.Add($"shop.pay {what} {amount}");
            return new { receipt = $"{amount} for {what}" };
        }),
    ];

    public ValueTask<IToolSession> OpenAsync(ToolContext context, CancellationToken cancellationToken = default) => new(this);

    public ValueTask DisposeAsync() => default;

    private static OpenTool Open(ToolDescription description, Delegate function) => new(description, AIFunctionFactory.Create(function, description.FunctionName));
}
