using System.Globalization;
using AgentRouter.Tools.Workspace.Files;

namespace AgentRouter.Tools.Workspace.Copies;

/// <summary>Copies a workspace, so that a run leaves the user's files alone.</summary>
public static class WorkspaceCopy
{
    private static readonly EnumerationOptions Entries = new() { AttributesToSkip = 0 };

    /// <summary>Copies a folder. Links that stay inside are copied as links; pipes, sockets and devices are left out.</summary>
    /// <param name="source">The folder to copy.</param>
    /// <param name="target">Where to: a folder that is empty or not there yet, and not inside of the source unless in a folder that is left out.</param>
    /// <param name="options">The limits; the defaults when not given.</param>
    /// <param name="cancellationToken">Stops the copying; what was copied stays.</param>
    /// <exception cref="ToolException">The source is not there, too large, or has a link that leads out; or the target is not empty or the disk is full.
    /// The message says which. Nothing is copied then, but for the full disk.</exception>
    public static Task CopyAsync(string source, string target, WorkspaceCopyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentException.ThrowIfNullOrEmpty(target);
        return Task.Run(() => Copy(new WorkspaceRoot(source), Path.GetFullPath(target), options ?? new WorkspaceCopyOptions(), cancellationToken), cancellationToken);
    }

    private static void Copy(WorkspaceRoot source, string target, WorkspaceCopyOptions options, CancellationToken cancellationToken)
    {
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new ToolException($"A copy of the workspace cannot be made in '{target}': it is not empty.");
        }

        // all is looked at before anything is written
        var plan = new Plan(source, options);
        plan.Add(new DirectoryInfo(source.Real), cancellationToken);
        try
        {
            Directory.CreateDirectory(target);
            foreach (string folder in plan.Folders) Directory.CreateDirectory(Path.Combine(target, folder));
            foreach (string file in plan.Files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                File.Copy(Path.Combine(source.Real, file), Path.Combine(target, file));
            }

            foreach ((string link, string to) in plan.Links) File.CreateSymbolicLink(Path.Combine(target, link), to);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"The workspace could not be copied to '{target}': {exception.Message}", exception);
        }
    }

    /// <summary>What will be copied, as paths from the root.</summary>
    private sealed class Plan(WorkspaceRoot source, WorkspaceCopyOptions options)
    {
        private long _bytes;

        public List<string> Folders { get; } = [];

        public List<string> Files { get; } = [];

        public List<(string Link, string To)> Links { get; } = [];

        public void Add(DirectoryInfo folder, CancellationToken cancellationToken)
        {
            foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos("*", Entries))
            {
                cancellationToken.ThrowIfCancellationRequested();
                string path = Path.GetRelativePath(source.Real, entry.FullName);
                if (entry.LinkTarget is { } target)
                {
                    AddLink(path, target);
                }
                else if (entry is DirectoryInfo inner)
                {
                    if (options.SkippedFolders.Contains(inner.Name, StringComparer.Ordinal)) continue;
                    Folders.Add(path);
                    Add(inner, cancellationToken);
                }
                else if (FileKinds.Of(entry.FullName) == FileKind.File)
                {
                    Files.Add(path);
                    _bytes += ((FileInfo)entry).Length;
                    CheckSize();
                }
            }
        }

        private void AddLink(string path, string target)
        {
            try
            {
                // an absolute link would lead out of the copy, back into the source
                if (Path.IsPathRooted(target)) throw WorkspacePathRules.Refuse(path, "it is an absolute link");
                source.Resolve(path);
            }
            catch (ToolException exception)
            {
                throw new ToolException($"The workspace '{source.Real}' cannot be copied: its link '{path}' leads out of it or nowhere. Remove the link, or replace it by what it leads to.", exception);
            }

            Links.Add((path, target));
        }

        private void CheckSize()
        {
            if (Files.Count > options.MaxFiles)
            {
                throw TooLarge(string.Create(CultureInfo.InvariantCulture, $"more than {options.MaxFiles:N0} files"));
            }

            if (_bytes > options.MaxBytes) throw TooLarge(string.Create(CultureInfo.InvariantCulture, $"more than {options.MaxBytes:N0} bytes"));
        }

        private ToolException TooLarge(string what) =>
            new($"The workspace '{source.Real}' is too large to be copied: it has {what}, without {string.Join(", ", options.SkippedFolders)}. Name a smaller folder.");
    }
}
