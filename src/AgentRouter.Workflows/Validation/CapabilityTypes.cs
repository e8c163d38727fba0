using AgentRouter.Expressions;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Workflows.Engine.Healing;

namespace AgentRouter.Workflows.Validation;

/// <summary>The types of what is known on the ways of a graph.</summary>
internal static class CapabilityTypes
{
    /// <summary>Gets the type of a capability: what all tools promise that provide it, so that a template reads nothing that only one of them returns.</summary>
    /// <param name="capability">The capability.</param>
    /// <param name="tools">The tools that provide it.</param>
    /// <param name="resultOf">Gets the type of a tool's result.</param>
    public static DataType Of(string capability, IEnumerable<CapabilityTool> tools, Func<CapabilityTool, DataType> resultOf) =>
        tools.Select(tool => PartOf(resultOf(tool), capability)).Aggregate((one, other) => Common(one, other));

    /// <summary>Gets the type of a goal's output: of a single capability its own, else an object with a field for each, and a note.</summary>
    public static DataType Of(CapabilityGraph graph, CapabilityGoal goal, bool acceptsLesser)
    {
        if (goal.Needs is [var only] && !acceptsLesser)
            return TypeOf(only);
        Dictionary<string, DataType> fields = goal.Needs.Distinct().ToDictionary(need => need, TypeOf);
        fields[CapabilityTools.NoteField] = DataType.Any;
        return new DataType.Object(fields);

        DataType TypeOf(string capability) => Of(capability, graph.Tools.Where(tool => tool.Provides.Contains(capability)), tool => tool.Result);
    }

    /// <summary>Tells whether two types are the same.</summary>
    public static bool AreSame(DataType one, DataType other) => (one, other) switch
    {
        (DataType.List first, DataType.List second) => AreSame(first.Element, second.Element),
        (DataType.Object first, DataType.Object second) => first.Fields.Count == second.Fields.Count
            && first.Fields.All(field => second.Fields.TryGetValue(field.Key, out DataType? type) && AreSame(field.Value, type)),
        _ => one == other,
    };

    // a field of the capability's name is the capability's, else the whole result is
    private static DataType PartOf(DataType result, string capability) =>
        result is DataType.Object fields && fields.Fields.TryGetValue(capability, out DataType? field) ? field : result;

    private static DataType Common(DataType one, DataType other) => (one, other) switch
    {
        (DataType.Object first, DataType.Object second) => new DataType.Object(first.Fields
            .Where(field => second.Fields.ContainsKey(field.Key))
            .ToDictionary(field => field.Key, field => Common(field.Value, second.Fields[field.Key]))),
        _ => AreSame(one, other) ? one : DataType.Any,
    };
}
