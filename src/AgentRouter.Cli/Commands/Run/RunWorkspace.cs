using System.Text.Json.Nodes;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Presentation;
using AgentRouter.Tools.Workspace.Copies;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Cli.Commands.Run;

/// <summary>The folder that a run works in, and a copy to compare it with or to leave the user's files alone.</summary>
internal sealed class RunWorkspace
{
    private const string InputName = "workspace";
    private const string CopyFolder = "workspace";
    private const string BackupFolder = "before";

    private RunWorkspace(string input, string root, string original, bool isInPlace) => (Input, Root, Original, IsInPlace) = (input, root, original, isInPlace);

    /// <summary>Gets the name of the input.</summary>
    public string Input { get; }

    /// <summary>Gets the folder that the tools work in.</summary>
    public string Root { get; }

    /// <summary>Gets the folder as it was before the run: the user's own, or a backup of it when the run works in place.</summary>
    public string Original { get; }

    /// <summary>Gets a value indicating whether the run works on the user's own files.</summary>
    public bool IsInPlace { get; }

    /// <summary>Copies the workspace of a run into the run's folder.</summary>
    /// <param name="workflow">The workflow; its input <c>workspace</c>, or its only input of type directory, is the workspace.</param>
    /// <param name="inputs">The inputs that were given.</param>
    /// <param name="runFolder">The run's folder.</param>
    /// <param name="isInPlace">Whether the run works on the user's own files; then the copy is a backup.</param>
    /// <param name="cancellationToken">Stops the copying.</param>
    /// <returns>The workspace, or <see langword="null"/> for a workflow without one.</returns>
    public static async Task<RunWorkspace?> PrepareAsync(
        WorkflowDefinition workflow, IReadOnlyDictionary<string, JsonNode?> inputs, string runFolder, bool isInPlace, CancellationToken cancellationToken)
    {
        InputDefinition[] folders = [.. workflow.Inputs.Where(input => input.Type == InputType.Directory)];
        InputDefinition? input = Array.Find(folders, folder => folder.Name == InputName) ?? (folders.Length == 1 ? folders[0] : null);
        JsonNode? value = input is null ? null : inputs.GetValueOrDefault(input.Name) ?? input.Default;
        if (input is null || value is not JsonValue text || !text.TryGetValue(out string? path) || !Directory.Exists(path))
            return null;
        string source = Path.GetFullPath(path);
        string copy = Path.Combine(runFolder, isInPlace ? BackupFolder : CopyFolder);
        await CopyAsync(source, copy, runFolder, cancellationToken);
        return isInPlace ? new RunWorkspace(input.Name, source, copy, isInPlace: true) : new RunWorkspace(input.Name, copy, source, isInPlace: false);
    }

    /// <summary>Finds the workspace of a recorded run again.</summary>
    /// <param name="run">The run and where its files lie.</param>
    /// <param name="runFolder">The run's folder.</param>
    /// <returns>The workspace, or <see langword="null"/> for a run without one.</returns>
    /// <exception cref="UsageException">The folder that the run worked in is gone.</exception>
    public static RunWorkspace? Find(RecordedProject run, string runFolder)
    {
        if (run.Request.WorkspaceRoot is not { } root || run.Source is not { WorkspaceInput: { } input, Original: { } original })
            return null;
        if (!Directory.Exists(root))
            throw new UsageException($"The run '{run.RunId}' worked in {root}, and that folder is gone. Without its files it cannot go on; start a new run.");
        return new RunWorkspace(input, root, original, isInPlace: root != Path.Combine(runFolder, CopyFolder));
    }

    /// <summary>Copies the workspace as it is now for a run that is forked from this one.</summary>
    /// <param name="runFolder">The folder of the new run.</param>
    /// <param name="cancellationToken">Stops the copying.</param>
    /// <returns>The folder that the new run works in.</returns>
    public async Task<string> CopyAsync(string runFolder, CancellationToken cancellationToken)
    {
        string copy = Path.Combine(runFolder, CopyFolder);
        await CopyAsync(Root, copy, runFolder, cancellationToken);
        return copy;
    }

    /// <summary>Finds what the run changed.</summary>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The files that differ; <see langword="null"/> where the files as they were are gone.</returns>
    public async Task<IReadOnlyList<FileDiff>?> ChangesAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Original))
            return null;
        WorkspaceChanges changes = await WorkspaceChanges.FindAsync(Original, Root, cancellationToken: cancellationToken);
        return [.. changes.Files.Select(Diff)];
    }

    private static async Task CopyAsync(string source, string copy, string runFolder, CancellationToken cancellationToken)
    {
        try
        {
            await WorkspaceCopy.CopyAsync(source, copy, cancellationToken: cancellationToken);
        }
        catch
        {
            // half a copy is of no use
            if (Directory.Exists(runFolder))
                Directory.Delete(runFolder, recursive: true);
            throw;
        }
    }

    private static FileDiff Diff(WorkspaceChange change)
    {
        string state = change.Kind switch
        {
            WorkspaceChangeKind.Added => "added",
            WorkspaceChangeKind.Deleted => "removed",
            _ => "changed",
        };
        return change.IsText ? FileDiff.Between(change.Path, change.Before, change.After) : FileDiff.Without(change.Path, state + ", not text");
    }
}
