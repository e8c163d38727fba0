using System.Text.Json;
using AgentRouter.Expressions;
using AgentRouter.Tools;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Journal;

/// <summary>The tools of a recorded run: what models were told of them, without anything behind it.</summary>
internal static class RecordedTools
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Writes what is known of open tools.</summary>
    public static byte[] Write(IEnumerable<(string Source, IReadOnlyList<OpenTool> Tools)> open) =>
        JsonSerializer.SerializeToUtf8Bytes(
            open.Select(of => new Source(of.Source, [.. of.Tools.Select(tool => new Tool(
                tool.Description.FullName, tool.Function.Name, tool.Function.Description, tool.Function.JsonSchema, tool.Description.IsIdempotent, ToolTraits.IsDestructive(tool.Function), ToolTraits.IsReadOnly(tool.Function)))])).ToArray(),
            Options);

    /// <summary>Makes sources of tools that can be shown to models and never called.</summary>
    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public static IReadOnlyList<IToolSource> Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return [.. (JsonSerializer.Deserialize<Source[]>(json, Options) ?? []).Select(source => new RecordedSource(source))];
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The tools of the run cannot be read: {exception.Message}", exception);
        }
    }

    private sealed record Source(string Name, IReadOnlyList<Tool> Tools);

    private sealed record Tool(string FullName, string Name, string Description, JsonElement Schema, bool IsIdempotent, bool IsDestructive, bool IsReadOnly = false);

    private sealed class RecordedSource(Source source) : IToolSource, IToolSession
    {
        public string Name => source.Name;

        public IReadOnlyList<ToolDescription>? Descriptions => null;

        public IReadOnlyList<OpenTool> Tools { get; } =
        [
            .. source.Tools.Select(tool => new OpenTool(
                new ToolDescription(tool.FullName, tool.Description, DataType.Any) { IsIdempotent = tool.IsIdempotent }, new RecordedFunction(tool))),
        ];

        public ValueTask<IToolSession> OpenAsync(ToolContext context, CancellationToken cancellationToken = default) => new(this);

        public ValueTask DisposeAsync() => default;
    }

    private sealed class RecordedFunction(Tool tool) : AIFunction
    {
        public override string Name => tool.Name;

        public override string Description => tool.Description;

        public override JsonElement JsonSchema => tool.Schema;

        public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; } =
            new Dictionary<string, object?> { [ToolTraits.DestructiveKey] = tool.IsDestructive, [ToolTraits.ReadOnlyKey] = tool.IsReadOnly };

        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
            throw new ToolException($"{tool.Name}: a recorded tool cannot be called.");
    }
}
