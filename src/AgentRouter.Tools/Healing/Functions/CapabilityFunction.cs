using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Expressions;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Functions;
using Microsoft.Extensions.AI;

namespace AgentRouter.Tools.Healing.Functions;

/// <summary>A capability or goal as one function: the model calls it, the graph picks the tools, and what fails is healed inside the call.</summary>
public sealed class CapabilityFunction : AIFunction
{
    private const int MaxDescription = 1_024;

    private readonly HashSet<string> _parameters;
    private readonly Func<CapabilityGoal, JsonObject, CancellationToken, Task<GoalResult>> _reach;

    /// <summary>Makes the function.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="goal">The goal.</param>
    /// <param name="reach">Reaches it with the facts that are given.</param>
    public CapabilityFunction(CapabilityGraph graph, CapabilityGoal goal, Func<CapabilityGoal, JsonObject, CancellationToken, Task<GoalResult>> reach)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(goal);
        ArgumentNullException.ThrowIfNull(reach);
        (Goal, _reach) = (goal, reach);
        FullName = FullNameOf(goal.Name);
        Description = Text.OutputCapture.Shorten(Text.TerminalText.Clean(graph.DescriptionOf(goal)), MaxDescription);
        _parameters = [.. graph.FactsFor(goal).Select(fact => fact.Name)];
        JsonSchema = SchemaOf(graph, goal);
    }

    /// <summary>The name that stands for all capabilities in YAML.</summary>
    public const string SourceName = "capability";

    /// <summary>Gets the goal.</summary>
    public CapabilityGoal Goal { get; }

    /// <summary>Gets its name in YAML: <c>capability.refund</c>.</summary>
    public string FullName { get; }

    /// <inheritdoc/>
    public override string Name => FullName.Replace('.', '_');

    /// <inheritdoc/>
    public override string Description { get; }

    /// <inheritdoc/>
    public override JsonElement JsonSchema { get; }

    /// <summary>Gets the name in YAML of a goal or capability.</summary>
    /// <param name="goal">The goal's name.</param>
    public static string FullNameOf(string goal)
    {
        ArgumentException.ThrowIfNullOrEmpty(goal);
        return ToolNames.FullName(SourceName, goal);
    }

    /// <summary>Makes the facts of a call's arguments. What is no parameter is left out: what tools provide is done by them, and not by saying that it is.</summary>
    /// <param name="arguments">The arguments.</param>
    public JsonObject FactsOf(AIFunctionArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var facts = new JsonObject();
        foreach ((string name, object? value) in arguments.Where(argument => _parameters.Contains(argument.Key)))
        {
            facts[name] = value switch
            {
                null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
                JsonNode node => node.DeepClone(),
                _ => JsonSerializer.SerializeToNode(value, AIJsonUtilities.DefaultOptions),
            };
            // a fact that is nothing is not known
            if (facts[name] is null)
                facts.Remove(name);
        }

        return facts;
    }

    /// <summary>Makes what the caller is told of a result: what the goal is made of, and a short note on what was healed or is missing.</summary>
    /// <param name="result">The result.</param>
    /// <exception cref="ToolException">The goal was not reached, and neither was a lesser one.</exception>
    public JsonNode? AnswerOf(GoalResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Status == GoalStatus.Failed)
            throw new ToolException($"'{Goal.Name}' could not be reached: {result.Reason}{LeftBehind(result)}");
        if (result.Status == GoalStatus.Reached && result.Attempts.All(attempt => attempt.Failure is null) && Goal.Needs is [var only])
            return result.Facts[only]?.DeepClone();
        var answer = new JsonObject();
        foreach (string need in Goal.Needs.Where(need => !result.Missing.Contains(need)))
            answer[need] = result.Facts[need]?.DeepClone();
        answer["note"] = NoteOf(result);
        return answer;
    }

    /// <summary>Makes what a model is told of a goal that was not reached. Function calling hides the messages of exceptions, and a model that does not know
    /// what may have been done would do it again.</summary>
    /// <param name="result">The result.</param>
    public JsonNode FailureOf(GoalResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new JsonObject
        {
            ["error"] = $"'{Goal.Name}' could not be reached: {result.Reason}",
            ["leftBehind"] = new JsonArray([.. result.LeftBehind.Select(tool => (JsonNode?)JsonValue.Create(tool))]),
            ["note"] = result.LeftBehind.Count == 0 ? null : LeftBehind(result).Trim() + " Do not call this again; tell a person.",
        };
    }

    /// <inheritdoc/>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        AnswerOrFailureOf(await _reach(Goal, FactsOf(arguments), cancellationToken));

    private JsonNode? AnswerOrFailureOf(GoalResult result) => result.Status == GoalStatus.Failed ? FailureOf(result) : AnswerOf(result);

    private static string? NoteOf(GoalResult result)
    {
        var notes = new List<string>();
        if (result.Status == GoalStatus.Lesser)
            notes.Add($"Only this was reached: {result.Lesser}.{(result.Missing.Count == 0 ? "" : $" Missing: {string.Join(", ", result.Missing)}.")} {result.Reason}".TrimEnd());
        string[] failed = [.. result.Attempts.Where(attempt => attempt.Failure is not null).Select(attempt => attempt.Tool).Distinct()];
        string[] done = [.. result.Attempts.Where(attempt => attempt.Failure is null).Select(attempt => attempt.Tool).Distinct()];
        if (failed.Length > 0 && done.Length > 0)
            notes.Add($"{string.Join(", ", failed)} failed on the way; done by {string.Join(", ", done)}.");
        string left = LeftBehind(result).Trim();
        if (left.Length > 0)
            notes.Add(left);
        return notes.Count == 0 ? null : string.Join(" ", notes);
    }

    private static string LeftBehind(GoalResult result) =>
        result.LeftBehind.Count == 0 ? "" : $" Somebody should look after what {string.Join(", ", result.LeftBehind)} did: it could not be taken back, or it is not known.";

    private static JsonElement SchemaOf(CapabilityGraph graph, CapabilityGoal goal)
    {
        var properties = new JsonObject();
        foreach (CapabilityFact fact in graph.FactsFor(goal))
        {
            JsonObject property = TypeOf(fact.Type);
            if (fact.Description is { Length: > 0 } description)
                property["description"] = Text.OutputCapture.Shorten(Text.TerminalText.Clean(description), MaxDescription);
            properties[fact.Name] = property;
        }

        return JsonSerializer.SerializeToElement(new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. graph.RequiredFactsFor(goal).Select(fact => (JsonNode?)JsonValue.Create(fact.Name))]),
        });
    }

    private static JsonObject TypeOf(DataType type) => type switch
    {
        DataType.List list => new JsonObject { ["type"] = "array", ["items"] = TypeOf(list.Element) },
        DataType.Object fields => new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(fields.Fields.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)TypeOf(field.Value)))),
        },
        _ when type == DataType.Text => new JsonObject { ["type"] = "string" },
        _ when type == DataType.Number => new JsonObject { ["type"] = "number" },
        _ when type == DataType.Boolean => new JsonObject { ["type"] = "boolean" },
        _ => [],
    };
}
