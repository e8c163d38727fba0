using System.Text.Json.Nodes;

namespace AgentRouter.Workflows.Definitions;

/// <summary>An input of a workflow.</summary>
public sealed record InputDefinition
{
    /// <summary>Gets the input's name; expressions read it as <c>inputs.NAME</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets its type.</summary>
    public InputType Type { get; init; }

    /// <summary>Gets what it is for, in a sentence.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the value when none is given; without one, the input must be given.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>Gets the values to choose from, or <see langword="null"/> for any.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>Gets where it was written.</summary>
    public SourceLocation Location { get; init; }
}
