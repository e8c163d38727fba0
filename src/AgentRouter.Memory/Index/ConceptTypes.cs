using AgentRouter.Memory.Text.Entities;

namespace AgentRouter.Memory.Index;

/// <summary>The types of concepts, which their keys begin with.</summary>
internal static class ConceptTypes
{
    private const ushort Other = 1;
    private const ushort Topic = 2;
    private const ushort Date = 3;

    /// <summary>Gets the number of the type of a concept.</summary>
    /// <param name="key">Its key, such as <c>name:anna fischer</c>.</param>
    public static ushort Of(string key) => key.StartsWith(EntityKeys.TopicPrefix, StringComparison.Ordinal) ? Topic : key.StartsWith(EntityKeys.DatePrefix, StringComparison.Ordinal) ? Date : Other;

    /// <summary>Tells whether a type is of things that are the same wherever they are mentioned: names, identifiers, paths.</summary>
    public static bool IsEntity(ushort type) => type == Other;
}
