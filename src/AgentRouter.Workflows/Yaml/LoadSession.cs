using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml.ToolGraphs;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Loads one file and all that it names: agents, nested workflows. Each file is read once.</summary>
internal sealed class LoadSession(WorkflowLoadOptions options)
{
    private const int MaxNesting = 8;

    private readonly Dictionary<string, AgentDefinition> _agents = [];
    private readonly Dictionary<string, WorkflowDefinition> _workflows = [];
    private readonly Dictionary<string, ToolGraphPart> _toolGraphs = [];
    private readonly List<string> _open = [];

    public WorkflowLoadOptions Options { get; } = options;

    public ToolCatalog Tools { get; } = new(options);

    public DiagnosticBag Diagnostics { get; } = new();

    public SourceMap Sources { get; } = new();

    public string RootOf(string file) => Options.ProjectRoot is { } root ? Path.GetFullPath(root) : ProjectFolder.Of(file);

    /// <summary>Loads a workflow and checks it.</summary>
    /// <returns>The workflow; <see langword="null"/> when not even its form could be read. Errors are in <see cref="Diagnostics"/>.</returns>
    public WorkflowDefinition? Workflow(string path, string name)
    {
        if (_workflows.TryGetValue(path, out WorkflowDefinition? known))
            return known;
        if (YamlFile.Open(path, name, Diagnostics) is not var (file, root))
            return null;
        _open.Add(path);
        WorkflowDefinition workflow = new WorkflowReader(this, file).Read(root);
        _open.RemoveAt(_open.Count - 1);
        new WorkflowChecks(workflow, Options, Diagnostics, Sources).Run();
        return _workflows[path] = workflow;
    }

    /// <summary>Loads a workflow that a node of another one names.</summary>
    public WorkflowDefinition? Nested(YamlFile from, YamlNode node, string path)
    {
        if (ProjectFolder.Resolve(from.Folder, path) is not { } full)
        {
            from.Error(node, $"'{path}' is not a path.");
        }
        else if (_open.IndexOf(full) is >= 0 and var first)
        {
            string chain = string.Join(" → ", _open.Skip(first).Append(full).Select(Path.GetFileName));
            from.Error(node, $"The workflows run each other in a circle: {chain}.");
        }
        else if (_open.Count >= MaxNesting)
        {
            from.Error(node, $"Workflows are nested at most {MaxNesting} deep.");
        }
        else if (!File.Exists(full))
        {
            string folder = Path.GetDirectoryName(full)!;
            from.Unknown(node, $"There is no workflow file '{path}' beside this file.", Path.GetFileName(full), ProjectFolder.YamlFiles(folder).Select(other => Path.GetFileName(other)!));
        }
        else
        {
            return Workflow(full, ProjectFolder.Display(full));
        }

        return null;
    }

    /// <summary>Loads an agent from its file.</summary>
    public AgentDefinition? Agent(string path, string name)
    {
        if (_agents.TryGetValue(path, out AgentDefinition? known))
            return known;
        if (YamlFile.Open(path, name, Diagnostics) is not var (file, root))
            return null;
        string fallback = Path.GetFileNameWithoutExtension(path);
        return _agents[path] = AgentReader.Read(new MapReader(file, root, "the agent"), fallback, Sources);
    }

    /// <summary>Reads a file of a tool graph.</summary>
    public ToolGraphPart? ToolGraph(string path, string name)
    {
        if (_toolGraphs.TryGetValue(path, out ToolGraphPart? known))
            return known;
        if (YamlFile.Open(path, name, Diagnostics) is not var (file, root))
            return null;
        return _toolGraphs[path] = new ToolGraphReader(file, Sources).Read(root);
    }

    /// <summary>Finds the agent that a node names: one of the workflow's own, one of the project's, or a file.</summary>
    public AgentDefinition? Agent(YamlFile from, YamlNode node, string reference, IReadOnlyDictionary<string, AgentDefinition> own)
    {
        if (own.TryGetValue(reference, out AgentDefinition? agent))
            return agent;
        bool isPath = reference.Contains('/') || reference.EndsWith(".yaml", StringComparison.Ordinal) || reference.EndsWith(".yml", StringComparison.Ordinal);
        string folder = Path.Join(RootOf(from.FullPath), ProjectFolder.AgentsFolder);
        string? path = isPath ? ProjectFolder.Resolve(from.Folder, reference) : ProjectFolder.Resolve(folder, reference + ".yaml");
        if (path is not null && File.Exists(path))
            return Agent(path, ProjectFolder.Display(path));
        if (isPath)
            from.Error(node, $"There is no agent file '{reference}'.", "The path starts at this file's folder.");
        else
            from.Unknown(node, $"There is no agent '{reference}': neither under 'agents:' in this file nor as {ProjectFolder.Display(folder)}/{reference}.yaml.", reference, [.. own.Keys, .. ProjectFolder.YamlFiles(folder).Select(file => Path.GetFileNameWithoutExtension(file)!)]);
        return null;
    }

    /// <summary>Stands in for an agent that could not be read, so that the rest of the workflow is still checked.</summary>
    public static AgentDefinition StandIn(string name) =>
        new() { Name = name, Instructions = Template.Parse("", ExpressionNames.Unchecked), OutputSchema = null };
}
