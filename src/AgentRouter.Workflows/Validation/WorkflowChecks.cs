using AgentRouter.Expressions;
using AgentRouter.Suggestions;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Nodes;
using AgentRouter.Workflows.Nodes.End;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Validation;

/// <summary>Runs all checks of one workflow.</summary>
internal sealed class WorkflowChecks(WorkflowDefinition workflow, WorkflowLoadOptions options, DiagnosticBag diagnostics, SourceMap sources)
{
    private static readonly DataType ErrorType = new DataType.Object(new Dictionary<string, DataType> { ["message"] = DataType.Text, ["node"] = DataType.Text });

    /// <summary>Names that mean something else: the inputs, the last failure, the position in a map, the last answer of a spent budget.</summary>
    private static readonly string[] ReservedNames = ["inputs", "error", "index", "wrapUp"];

    public WorkflowDefinition Workflow { get; } = workflow;

    public WorkflowLoadOptions Options { get; } = options;

    public DiagnosticBag Diagnostics { get; } = diagnostics;

    public SourceMap Sources { get; } = sources;

    public ToolCatalog Tools { get; init; } = new(options, workflow.Tools);

    public void Run()
    {
        CheckNames();
        InputCheck.Run(this);
        BudgetCheck.Run(this);
        RouterCheck.Run(this);
        ToolGraphCheck.Run(this);
        if (Workflow.Skills is { } skills)
            SkillsCheck.Defaults(this, skills);
        GraphCheck.Run(this);
        ExpressionNames names = Names();
        if (Workflow.Memory is { } memory)
            MemoryCheck.Defaults(this, memory, names);
        if (Workflow.Context is { } context)
            ContextCheck.Defaults(this, context);
        foreach (NodeDefinition node in Workflow.Nodes)
            CheckNode(node, names);
    }

    /// <summary>Checks a node, be it one of the workflow's own or inside another one.</summary>
    public void CheckNode(NodeDefinition node, ExpressionNames names)
    {
        var checking = new NodeChecking(this, names);
        checking.Condition(node, node.Location, node.Verify, "verify");
        foreach (EdgeDefinition edge in node.Next)
            checking.Condition(edge, edge.Location, edge.When, "when");
        if (node.Timeout is { } timeout && timeout <= TimeSpan.Zero)
            checking.Error(node, "'timeout' is above zero.", null, "timeout");
        CheckRetry(node, checking);
        NodeReaders.Find(node.Kind)?.Check(node, checking);
    }

    private static void CheckRetry(NodeDefinition node, NodeChecking checking)
    {
        if (node.Retry is not { } retry)
            return;
        if (retry.Attempts is < 2 or > NodeRetry.MostAttempts)
            checking.Error(node, $"'retry' has from 2 to {NodeRetry.MostAttempts} attempts.", null, "retry");
        else if (retry.Delay <= TimeSpan.Zero || retry.Delay > NodeRetry.LongestDelay)
            checking.Error(node, "The delay of 'retry' is above zero, at most an hour.", null, "retry");
    }

    private ExpressionNames Names()
    {
        var names = new Dictionary<string, DataType>
        {
            ["inputs"] = new DataType.Object(Workflow.Inputs.DistinctBy(input => input.Name).ToDictionary(input => input.Name, InputCheck.TypeOf)),
            ["error"] = ErrorType,
        };
        foreach (NodeDefinition node in Workflow.Nodes.Where(node => node is not EndNode))
        {
            names.TryAdd(node.Name, node.OutputType);
            if (node.Output is { } alias)
                names.TryAdd(alias, node.OutputType);
        }

        return new ExpressionNames(names, [.. Workflow.Nodes.Select(node => node.Name).Distinct()]);
    }

    private void CheckNames()
    {
        if (string.IsNullOrWhiteSpace(Workflow.Name))
            Diagnostics.Error(Sources.Locate(Workflow, Workflow.Location, "name"), "The workflow has no name.");
        if (Workflow.MaxVisits < 1)
            Diagnostics.Error(Sources.Locate(Workflow, Workflow.Location, "maxVisits"), "'maxVisits' is at least 1.");
        var owners = new Dictionary<string, NodeDefinition>();
        foreach (NodeDefinition node in Workflow.Nodes)
        {
            CheckName(node.Name, "node", node.Location);
            if (!owners.TryAdd(node.Name, node))
                Diagnostics.Error(node.Location, $"There are two nodes named '{node.Name}'.");
            foreach (NodeDefinition child in node.Children)
                CheckName(child.Name, "node", child.Location);
        }

        foreach (NodeDefinition node in Workflow.Nodes.Where(node => node.Output is not null && node.Output != node.Name))
        {
            SourceLocation location = Sources.Locate(node, node.Location, "output");
            CheckName(node.Output!, "output", location);
            if (!owners.TryAdd(node.Output!, node))
                Diagnostics.Error(location, $"The output '{node.Output}' of node '{node.Name}' has the name of another node or output.");
        }
    }

    /// <summary>Checks that expressions can read something under a name.</summary>
    public void CheckName(string name, string what, SourceLocation location)
    {
        if (ReservedNames.Contains(name))
            Diagnostics.Error(location, $"'{name}' cannot be the name of a {what}: it means something else in expressions and records.");
        else if (!ExpressionNames.IsName(name))
            Diagnostics.Error(location, $"'{name}' cannot be the name of a {what}: expressions could not read it.", $"Use letters, digits and underscores{Example(name)}.");
    }

    public void Unknown(SourceLocation location, string message, string word, IEnumerable<string> known) =>
        Diagnostics.Error(location, message, Suggestion.Sentence(word, known));

    private static string Example(string name)
    {
        string[] words = name.Split(['-', ' ', '.'], StringSplitOptions.RemoveEmptyEntries);
        string joined = string.Concat(words.Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
        return ExpressionNames.IsName(joined) ? $", such as '{joined}'" : "";
    }
}
