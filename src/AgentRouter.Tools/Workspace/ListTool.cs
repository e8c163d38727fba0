using System.ComponentModel;
using AgentRouter.Expressions;
using AgentRouter.Tools.Workspace.Files;

namespace AgentRouter.Tools.Workspace;

/// <summary>Lists the files of the workspace.</summary>
internal sealed class ListTool(WorkspaceWalk walk)
{
    private const int MaxShown = 500;

    public static ToolDescription Description { get; } = new(
        "workspace.list",
        "List the files of the workspace, or of one folder. Leaves out bin, obj, .git and node_modules unless path or pattern names them.",
        new DataType.Object(new Dictionary<string, DataType>
        {
            ["files"] = new DataType.List(DataType.Text),
            ["count"] = DataType.Number,
            ["truncated"] = DataType.Boolean,
        }))
    {
        Parameters = ["path", "pattern"],
        IsIdempotent = true,
    };

    public Task<ListResult> ListAsync(
        [Description("The folder, from the workspace's root; the whole workspace when not given.")] string? path = null,
        [Description("Only files that match this glob: *.cs, src/**/*.json")] string? pattern = null,
        CancellationToken cancellationToken = default) =>
        Task.Run(
            () =>
            {
                string[] files = [.. walk.Find(path, pattern, cancellationToken)];
                return new ListResult(files.Length <= MaxShown ? files : files[..MaxShown], files.Length, files.Length > MaxShown);
            },
            cancellationToken);
}

/// <summary>The files that were found.</summary>
/// <param name="Files">Their paths from the root.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Truncated">Whether there are more than are shown.</param>
internal sealed record ListResult(IReadOnlyList<string> Files, int Count, bool Truncated);
