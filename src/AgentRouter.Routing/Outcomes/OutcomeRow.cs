namespace AgentRouter.Routing.Outcomes;

/// <summary>One line of an outcome table: a task, or a step of a task, and what came of it with each model that tried it.</summary>
public sealed record OutcomeRow
{
    /// <summary>What the groups of nodes begin with.</summary>
    internal const string NodePrefix = "node ";

    /// <summary>Gets the row's id; unique in a table.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the kind of task: what rows have in common. Empty when there is none.</summary>
    public string Group { get; init; } = "";

    /// <summary>Gets the role of the agent that did the work: planner, executor, reviewer, …; <see langword="null"/> when it is not known.</summary>
    public string? Role { get; init; }

    /// <summary>Gets the request as the models saw it, or <see langword="null"/> when it was not kept.</summary>
    public string? Prompt { get; init; }

    /// <summary>Gets the task that the row is a step of. The default is the row's own id: a task of one step.</summary>
    public string Task { get => field ?? Id; init; }

    /// <summary>Gets the number of the step in its task, from 1.</summary>
    public int Step { get; init; } = 1;

    /// <summary>Gets a value indicating whether a verification told right from wrong before the task went on: then another model could
    /// have tried again. The default is <see langword="false"/>: only the end of the task showed it.</summary>
    public bool IsVerified { get; init; }

    /// <summary>Gets the outcomes by model.</summary>
    public required IReadOnlyDictionary<string, ModelOutcome> Models { get; init; }

    /// <summary>Gets where the row was read, as <c>file:line</c>; <see langword="null"/> for a row that was made in code.</summary>
    public string? Location { get; init; }

    /// <summary>Names the group of a workflow's node: what records of runs write and policies look up.</summary>
    /// <param name="node">The node's name, or its path in a branch or map item.</param>
    public static string GroupOfNode(string node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return NodePrefix + node[(node.LastIndexOf('/') + 1)..];
    }
}
