using System.Text.RegularExpressions;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;
using AgentRouter.Workflows.Yaml.ToolGraphs;

namespace AgentRouter.Workflows.Tests.Yaml;

/// <summary>The examples of docs/yaml.md are what they say.</summary>
public sealed class DocsTests : IDisposable
{
    private const string Around = "name: around\ninputs: { file: text, files: list }\ntools: { graph: tools/support.yaml }\nnodes:\n";
    private const string Ends = "  done: { end: succeeded }\n  gaveUp: { end: failed }\n";

    private readonly TestProject _project = new();

    public static TheoryData<int> Snippets => [.. Enumerable.Range(0, Blocks().Count(block => block.StartsWith("# nodes\n", StringComparison.Ordinal)))];

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Every_example_file_loads_without_a_word()
    {
        Files().Count().ShouldBe(5);
        Write();
        Directory.CreateDirectory(Path.Join(_project.Root, "skills"));

        WorkflowLoader.Load(Path.Join(_project.Root, "graphs/example.yaml")).Diagnostics.ShouldBeEmpty();
        AgentLoader.Load(Path.Join(_project.Root, "agents/reviewer.yaml")).Diagnostics.ShouldBeEmpty();
        AgentLoader.Load(Path.Join(_project.Root, "agents/fixer.yaml")).Diagnostics.ShouldBeEmpty();
        ToolGraphLoader.Load(Path.Join(_project.Root, "graphs/tools/support.yaml"), Configured()).Diagnostics.ShouldBeEmpty();
        ConfigurationLoader.Load(Path.Join(_project.Root, "agentrouter.yaml")).Diagnostics.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Snippets))]
    public void Every_example_of_a_node_loads(int snippet)
    {
        Write();
        _project.WithAgents("reviewer");
        _project.With("graphs/nested.yaml", "name: nested\ninputs: { topic: text }\nnodes: { done: { end: succeeded } }\n");
        string text = Blocks().Where(block => block.StartsWith("# nodes\n", StringComparison.Ordinal)).ElementAt(snippet);
        string nodes = string.Concat(text.Split('\n').Skip(1).Select(line => $"  {line}\n"));

        // the ends that a snippet does not lead to are not its mistake
        _project.Load(Around + nodes + Ends, Configured()).Diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && !diagnostic.Message.StartsWith("No way leads to node", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_example_of_a_context_loads_without_a_word()
    {
        string text = Regex.Match(File.ReadAllText(Path.Join(RepositoryFiles.Root, "docs/context.md")).ReplaceLineEndings("\n"), "```yaml\n(.*?)\n```", RegexOptions.Singleline).Groups[1].Value;
        _project.With("graphs/lighthouse.yaml", text);

        WorkflowLoader.Load(Path.Join(_project.Root, "graphs/lighthouse.yaml")).Diagnostics.ShouldBeEmpty();
    }

    private static IEnumerable<string> Files() => Blocks().Where(block => Regex.IsMatch(block, @"^# \S+\.yaml\n"));

    private void Write()
    {
        foreach (string text in Files())
            _project.With(Regex.Match(text, @"^# (\S+)\n").Groups[1].Value, text);
    }

    private WorkflowLoadOptions Configured() => new() { Configuration = ConfigurationLoader.Load(Path.Join(_project.Root, "agentrouter.yaml")).OrThrow() };

    private static IEnumerable<string> Blocks() =>
        Regex.Matches(File.ReadAllText(Path.Join(RepositoryFiles.Root, "docs/yaml.md")).ReplaceLineEndings("\n"), "```yaml\n(.*?)\n```", RegexOptions.Singleline)
            .Select(match => match.Groups[1].Value);
}
