using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Tests.Yaml;

/// <summary>A project in a temporary folder.</summary>
internal sealed class TestProject : IDisposable
{
    public TestProject()
    {
        Root = Directory.CreateTempSubdirectory("agentrouter-yaml-").FullName;
        Directory.CreateDirectory(Path.Join(Root, "agents"));
    }

    public string Root { get; }

    public TestProject With(string path, string text)
    {
        string full = Path.Join(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text.ReplaceLineEndings("\n"));
        return this;
    }

    public TestProject WithAgents(params string[] names)
    {
        foreach (string name in names)
            With($"agents/{name}.yaml", $"name: {name}\nrole: {name}\ninstructions: Do it.\n");
        return this;
    }

    public LoadResult<WorkflowDefinition> Load(string text, WorkflowLoadOptions? options = null)
    {
        With("graphs/w.yaml", text);
        return WorkflowLoader.Load(Path.Join(Root, "graphs/w.yaml"), options);
    }

    /// <summary>Loads a workflow that must be right.</summary>
    public WorkflowDefinition LoadRight(string text, WorkflowLoadOptions? options = null)
    {
        LoadResult<WorkflowDefinition> result = Load(text, options);
        Lines(result.Diagnostics).ShouldBeEmpty();
        return result.Definition.ShouldNotBeNull();
    }

    /// <summary>Writes diagnostics one a line, with paths from the project's root.</summary>
    public IReadOnlyList<string> Lines(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.Select(diagnostic => diagnostic.ToString().Replace(Root + "/", "", StringComparison.Ordinal))];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
