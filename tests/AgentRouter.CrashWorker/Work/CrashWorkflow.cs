using AgentRouter.Configuration;
using AgentRouter.Providers.Scripted;
using AgentRouter.Tools;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.CrashWorker.Work;

/// <summary>A workflow that workers run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="File">Its file.</param>
/// <param name="Workspace">The folder that its runs work on a copy of; <see langword="null"/> for none.</param>
public sealed record CrashWorkflow(string Name, string File, string? Workspace)
{
    /// <summary>Gets the folder of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Gets the main job, a workflow with parallel branches, and one that pays.</summary>
    public static IReadOnlyList<CrashWorkflow> All { get; } =
    [
        new("fix-failing-test", Path.Combine(Repository, "graphs", "fix-failing-test.yaml"), Path.Combine(Repository, "samples", "coding", "workspace")),
        new("research-report", Path.Combine(Repository, "graphs", "research-report.yaml"), Path.Combine(Repository, "samples", "research", "documents")),
        new("pay", Path.Combine(AppContext.BaseDirectory, "workflows", "pay.yaml"), null),
    ];

    /// <summary>Finds a workflow.</summary>
    public static CrashWorkflow Of(string name) => All.First(workflow => workflow.Name == name);

    /// <summary>Loads it, with the configuration of its script.</summary>
    public (WorkflowDefinition Workflow, RouterConfiguration Configuration) Load(IReadOnlyList<IToolSource> tools)
    {
        WorkflowDefinition first = WorkflowLoader.Load(File, new WorkflowLoadOptions { Tools = tools }).OrThrow();
        return (first, ScriptedConfiguration.ForScript(first.Script!));
    }

    private static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder, "AgentRouter.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The worker runs inside the repository.");
    }
}
