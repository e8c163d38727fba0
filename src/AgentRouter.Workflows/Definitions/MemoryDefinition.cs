using AgentRouter.Expressions;
using AgentRouter.Memory.Use;

namespace AgentRouter.Workflows.Definitions;

/// <summary>The memory of an agent: what it reads before it works, and what it may write. A workflow has one too, which its agents have and of which they may change parts.</summary>
/// <remarks>A scope is written <c>project:shop</c>; behind its kind it may read inputs: <c>user:{{ inputs.user }}</c>. It reads nothing that a model or tool has written, so that none chooses whose
/// memory is read.</remarks>
public sealed record MemoryDefinition
{
    /// <summary>Gets the scopes that are read; <see langword="null"/> for what the workflow says, else none.</summary>
    public IReadOnlyList<Template>? Read { get; init; }

    /// <summary>Gets the scope that is written; <see langword="null"/> for what the workflow says, else none.</summary>
    public Template? Write { get; init; }

    /// <summary>Gets how many tokens of notes are put beside the task, and how many each function answers with; <see langword="null"/> for what the workflow says, else
    /// <see cref="MemoryUseOptions.DefaultTokens"/>.</summary>
    public int? Tokens { get; init; }

    /// <summary>Gets how many notes are put beside the task; <see langword="null"/> for what the workflow says, else <see cref="MemoryUseOptions.DefaultTopK"/>.</summary>
    public int? TopK { get; init; }

    /// <summary>Gets a value indicating whether the agent gets functions to recall, remember and forget; <see langword="null"/> for what the workflow says, else it does.</summary>
    public bool? Tools { get; init; }

    /// <summary>Gets what is remembered of each visit whose answer is as it was asked for; <see langword="null"/> for what the workflow says, else nothing.</summary>
    public MemoryRemembers? Remembers { get; init; }

    /// <summary>Gets the effort for finding notes for the task of a visit; <see langword="null"/> for what the workflow says, else <see cref="MemoryEffort.Low"/>. What the agent finds by itself
    /// is found with low effort.</summary>
    public MemoryEffort? Effort { get; init; }

    /// <summary>Gets a value indicating whether the agent has no memory, whatever the workflow says: <c>memory: false</c>.</summary>
    public bool IsOff { get; init; }

    /// <summary>Gets where it was written.</summary>
    public SourceLocation Location { get; init; }

    /// <summary>Makes a memory of one scope, which is read and written.</summary>
    /// <param name="scope">The scope, such as <c>project:shop</c>.</param>
    public static MemoryDefinition Of(string scope)
    {
        Template template = Template.Parse(scope, ExpressionNames.Unchecked);
        return new MemoryDefinition { Read = [template], Write = template };
    }

    /// <summary>Fills in what is left out.</summary>
    /// <param name="defaults">What the workflow says.</param>
    internal MemoryDefinition Over(MemoryDefinition? defaults) => defaults is null or { IsOff: true } ? this : this with
    {
        Read = Read ?? defaults.Read,
        Write = Write ?? defaults.Write,
        Tokens = Tokens ?? defaults.Tokens,
        TopK = TopK ?? defaults.TopK,
        Tools = Tools ?? defaults.Tools,
        Remembers = Remembers ?? defaults.Remembers,
        Effort = Effort ?? defaults.Effort,
    };

    /// <summary>Finds the memory that an agent has at a node; <see langword="null"/> for none.</summary>
    /// <param name="node">What the node says.</param>
    /// <param name="agent">What the agent says.</param>
    /// <param name="workflow">What the workflow says.</param>
    internal static MemoryDefinition? Of(MemoryDefinition? node, MemoryDefinition? agent, MemoryDefinition? workflow)
    {
        MemoryDefinition? whole = (node ?? agent)?.Over(workflow) ?? workflow;
        return whole is { IsOff: true } ? null : whole;
    }
}
