using AgentRouter.Tools.Workspace.Files;

namespace AgentRouter.Tools.Workspace.Copies;

/// <summary>The files that differ between an original and its copy.</summary>
/// <param name="Files">The changes in order of path.</param>
/// <param name="IsComplete">Whether these are all; <see langword="false"/> when there are more than were asked for.</param>
public sealed record WorkspaceChanges(IReadOnlyList<WorkspaceChange> Files, bool IsComplete)
{
    /// <summary>The most files that are looked at on each side.</summary>
    private const int MaxFiles = 50_000;

    private const int CompareBytes = 64 * 1024;

    private static readonly EnumerationOptions Entries = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    /// <summary>Finds the changes. Links are not followed, and the folders that a copy leaves out are not looked at.</summary>
    /// <param name="original">The folder as it was.</param>
    /// <param name="copy">The folder as it is.</param>
    /// <param name="maxChanges">The most changes that are returned.</param>
    /// <param name="maxTextBytes">The largest file whose text is returned.</param>
    /// <param name="options">What is left out; the defaults when not given.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static Task<WorkspaceChanges> FindAsync(
        string original, string copy, int maxChanges = 500, long maxTextBytes = 1 << 20, WorkspaceCopyOptions? options = null, CancellationToken cancellationToken = default)
    {
        var before = new WorkspaceRoot(original);
        var after = new WorkspaceRoot(copy);
        string[] skipped = [.. (options ?? new WorkspaceCopyOptions()).SkippedFolders];
        return Task.Run(
            async () =>
            {
                using var oldFiles = new WorkspaceFiles(before, maxTextBytes);
                using var newFiles = new WorkspaceFiles(after, maxTextBytes);
                return await FindAsync(oldFiles, newFiles, skipped, maxChanges, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);
    }

    private static async Task<WorkspaceChanges> FindAsync(WorkspaceFiles before, WorkspaceFiles after, string[] skipped, int maxChanges, CancellationToken cancellationToken)
    {
        HashSet<string> old = Names(before.Root.Real, skipped);
        HashSet<string> now = Names(after.Root.Real, skipped);
        var changes = new List<WorkspaceChange>();
        foreach (string path in old.Union(now).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool wasThere = old.Contains(path);
            bool isThere = now.Contains(path);
            if (wasThere && isThere && await AreEqualAsync(Full(before, path), Full(after, path), cancellationToken).ConfigureAwait(false)) continue;
            if (changes.Count == maxChanges) return new WorkspaceChanges(changes, IsComplete: false);

            WorkspaceChangeKind kind = !wasThere ? WorkspaceChangeKind.Added : isThere ? WorkspaceChangeKind.Changed : WorkspaceChangeKind.Deleted;
            string? oldText = wasThere ? await TextAsync(before, path, cancellationToken).ConfigureAwait(false) : null;
            string? newText = isThere ? await TextAsync(after, path, cancellationToken).ConfigureAwait(false) : null;
            changes.Add(new WorkspaceChange(path, kind, oldText, newText, wasThere == oldText is not null && isThere == newText is not null));
        }

        return new WorkspaceChanges(changes, IsComplete: true);
    }

    private static string Full(WorkspaceFiles files, string path) => Path.Combine(files.Root.Real, path);

    private static HashSet<string> Names(string root, string[] skipped)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var folders = new Stack<string>([root]);
        while (folders.TryPop(out string? folder))
        {
            foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", Entries))
            {
                if (entry is DirectoryInfo)
                {
                    if (!skipped.Contains(entry.Name, StringComparer.Ordinal)) folders.Push(entry.FullName);
                }
                else if (FileKinds.Of(entry.FullName) == FileKind.File)
                {
                    names.Add(Path.GetRelativePath(root, entry.FullName).Replace(Path.DirectorySeparatorChar, '/'));
                }

                if (names.Count > MaxFiles) throw new ToolException($"'{root}' has more than {MaxFiles} files: the changes in it cannot be shown.");
            }
        }

        return names;
    }

    private static async Task<bool> AreEqualAsync(string one, string other, CancellationToken cancellationToken)
    {
        try
        {
            await using FileStream first = Open(one);
            await using FileStream second = Open(other);
            if (first.Length != second.Length) return false;
            byte[] left = new byte[CompareBytes];
            byte[] right = new byte[CompareBytes];
            while (true)
            {
                int read = await first.ReadAtLeastAsync(left, left.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                int readToo = await second.ReadAtLeastAsync(right, right.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                if (!left.AsSpan(0, read).SequenceEqual(right.AsSpan(0, readToo))) return false;
                if (read < left.Length) return true;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // what cannot be read cannot be called the same
            return false;
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);

    private static async Task<string?> TextAsync(WorkspaceFiles files, string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await files.ReadAsync(files.Root.Resolve(path), cancellationToken).ConfigureAwait(false)).Text;
        }
        catch (ToolException)
        {
            // binary, or too large to show
            return null;
        }
    }
}
