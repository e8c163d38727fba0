using System.Globalization;
using System.Security.Cryptography;
using AgentRouter.Cli.CommandLine;

namespace AgentRouter.Cli.Hosting;

/// <summary>What is needed to go on with a run in another process: where its workflow lies, and how it was started. No secrets.</summary>
internal sealed record RunSource
{
    private const string WorkflowKey = "workflow";
    private const string WorkflowHashKey = "workflowHash";
    private const string ConfigurationKey = "configuration";
    private const string ConfigurationHashKey = "configurationHash";
    private const string ToolGraphKey = "toolGraph";
    private const string ToolGraphHashKey = "toolGraphHash";
    private const string PolicyKey = "policy";
    private const string OfflineKey = "offline";
    private const string CommandKey = "command";
    private const string Chosen = "chosen";
    private const string Unconfigured = "true";
    private const string WorkspaceInputKey = "workspaceInput";
    private const string OriginalKey = "original";

    /// <summary>Gets the workflow's file.</summary>
    public required string Workflow { get; init; }

    /// <summary>Gets the hash of the workflow's file.</summary>
    public required string WorkflowHash { get; init; }

    /// <summary>Gets the configuration, if there was one.</summary>
    public string? Configuration { get; init; }

    /// <summary>Gets the hash of the configuration.</summary>
    public string? ConfigurationHash { get; init; }

    /// <summary>Gets the files of the workflow's tool graph, with their hashes.</summary>
    public IReadOnlyList<(string File, string Hash)> ToolGraphs { get; init; } = [];

    /// <summary>Gets the name of the router's policy.</summary>
    public required string Policy { get; init; }

    /// <summary>Gets a value indicating whether the script answers.</summary>
    public bool IsOffline { get; init; }

    /// <summary>Gets a value indicating whether it answers because the user chose so, and not for want of a provider.</summary>
    public bool IsOfflineByChoice { get; init; }

    /// <summary>Gets the name of the input that is the workspace, if there is one.</summary>
    public string? WorkspaceInput { get; init; }

    /// <summary>Gets the folder with the workspace as it was before the run.</summary>
    public string? Original { get; init; }

    /// <summary>Notes how a run is started.</summary>
    /// <param name="project">The workflow and its configuration.</param>
    /// <param name="policy">The policy's name.</param>
    /// <param name="isOffline">Whether the user chose the script.</param>
    public static RunSource Of(WorkflowProject project, string policy, bool isOffline) => new()
    {
        Workflow = project.File,
        WorkflowHash = HashOf(project.File),
        Configuration = project.ConfigurationFile,
        ConfigurationHash = project.ConfigurationFile is { } file ? HashOf(file) : null,
        ToolGraphs = [.. project.Workflow.Tools.GraphFiles.Select(graph => (graph, HashOf(graph)))],
        Policy = policy,
        IsOffline = project.Script is not null,
        IsOfflineByChoice = isOffline,
    };

    /// <summary>Notes the command of a task that is no workflow.</summary>
    /// <param name="command">The command that goes on with it.</param>
    public static IReadOnlyDictionary<string, string> OfCommand(string command) => new Dictionary<string, string> { [CommandKey] = command };

    /// <summary>Reads what was kept with a run.</summary>
    /// <param name="runId">The run, for messages.</param>
    /// <param name="kept">What was kept.</param>
    /// <exception cref="UsageException">The run was not started on the command line, or is no workflow.</exception>
    public static RunSource Read(string runId, IReadOnlyDictionary<string, string> kept)
    {
        if (kept.TryGetValue(CommandKey, out string? command))
            throw new UsageException($"The run '{runId}' is no workflow. '{command}' goes on with it.");
        if (!kept.TryGetValue(WorkflowKey, out string? workflow) || !kept.TryGetValue(PolicyKey, out string? policy))
            throw new UsageException($"The run '{runId}' was not started with '{AgentRouterCommand.Name} run', so its workflow's file is not known here. Go on with it where it was started, with WorkflowEngine.ResumeAsync.");
        return new RunSource
        {
            Workflow = workflow,
            WorkflowHash = kept.GetValueOrDefault(WorkflowHashKey, ""),
            Configuration = kept.GetValueOrDefault(ConfigurationKey),
            ConfigurationHash = kept.GetValueOrDefault(ConfigurationHashKey),
            ToolGraphs = [.. ReadToolGraphs(kept)],
            Policy = policy,
            IsOffline = kept.ContainsKey(OfflineKey),
            IsOfflineByChoice = kept.GetValueOrDefault(OfflineKey) == Chosen,
            WorkspaceInput = kept.GetValueOrDefault(WorkspaceInputKey),
            Original = kept.GetValueOrDefault(OriginalKey),
        };
    }

    /// <summary>Writes it as it is kept with the run.</summary>
    public IReadOnlyDictionary<string, string> ToDictionary()
    {
        var kept = new Dictionary<string, string> { [WorkflowKey] = Workflow, [WorkflowHashKey] = WorkflowHash, [PolicyKey] = Policy };
        foreach ((int i, (string file, string hash)) in ToolGraphs.Index())
            (kept[ToolGraphKey + Number(i)], kept[ToolGraphHashKey + Number(i)]) = (file, hash);
        if (IsOffline)
            kept[OfflineKey] = IsOfflineByChoice ? Chosen : Unconfigured;
        foreach ((string key, string? value) in (IEnumerable<(string, string?)>)
            [(ConfigurationKey, Configuration), (ConfigurationHashKey, ConfigurationHash), (WorkspaceInputKey, WorkspaceInput), (OriginalKey, Original)])
        {
            if (value is not null)
                kept[key] = value;
        }

        return kept;
    }

    /// <summary>Finds the files that are not as they were when the run began.</summary>
    /// <param name="runId">The run, for messages.</param>
    /// <exception cref="UsageException">One of them is gone.</exception>
    public IReadOnlyList<string> FindChanges(string runId)
    {
        var changed = new List<string>();
        Compare(Workflow, WorkflowHash, "workflow");
        if (Configuration is not null)
            Compare(Configuration, ConfigurationHash, "configuration");
        foreach ((string graph, string graphHash) in ToolGraphs)
            Compare(graph, graphHash, "tool graph");
        return changed;

        void Compare(string file, string? hash, string what)
        {
            if (!File.Exists(file))
                throw new UsageException($"The {what} of the run '{runId}' was {file}, and that file is gone. Bring it back and try again; the record of the run is as it was.");
            if (HashOf(file) != hash)
                changed.Add(file);
        }
    }

    private static IEnumerable<(string File, string Hash)> ReadToolGraphs(IReadOnlyDictionary<string, string> kept)
    {
        for (int i = 0; kept.TryGetValue(ToolGraphKey + Number(i), out string? file); i++)
            yield return (file, kept.GetValueOrDefault(ToolGraphHashKey + Number(i), ""));
    }

    private static string Number(int i) => (i + 1).ToString(CultureInfo.InvariantCulture);

    private static string HashOf(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}
