using Microsoft.Win32.SafeHandles;

namespace AgentRouter.Tools.Workspace.Files;

/// <summary>A folder of the workspace, held open, so that nobody can put a link in its place between the check and the use.</summary>
/// <remarks>On Linux names are looked up from the open folder itself. Elsewhere the path is checked and then used.</remarks>
internal sealed class PinnedFolder : IDisposable
{
    private readonly SafeFileHandle? _handle;
    private readonly string _path;

    private PinnedFolder(SafeFileHandle? handle, string path)
    {
        _handle = handle;
        _path = path;
    }

    /// <summary>Opens the folder that holds a place.</summary>
    /// <param name="root">The workspace.</param>
    /// <param name="place">The place.</param>
    /// <param name="create">Whether to make folders that are missing.</param>
    /// <exception cref="ToolException">The folder is not there, or not in the workspace any more.</exception>
    public static PinnedFolder Open(WorkspaceRoot root, WorkspacePath place, bool create = false)
    {
        string path = place.Folder;
        if (!UnixFiles.IsSupported)
        {
            if (create) Directory.CreateDirectory(path);
            return new PinnedFolder(null, path);
        }

        PinnedFolder folder = Pin(root, place, root.Real);
        foreach (string name in path[root.Real.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            string next = folder.PathOf(name);
            if (create && UnixFiles.KindOf(next) is null) Directory.CreateDirectory(next);
            PinnedFolder inner;
            using (folder) inner = Pin(root, place, next);
            folder = inner;
        }

        return folder;
    }

    /// <summary>Gets the path of a name in the folder, good while the folder is held.</summary>
    public string PathOf(string name) => Path.Combine(_path, name);

    /// <inheritdoc/>
    public void Dispose() => _handle?.Dispose();

    private static PinnedFolder Pin(WorkspaceRoot root, WorkspacePath place, string path)
    {
        SafeFileHandle handle = UnixFiles.OpenFolder(path) ?? throw new ToolException($"'{place.Relative}' is not there: list the folder to see what is.");
        if (UnixFiles.PathOf(handle) is { } real && root.Contains(real) && UnixFiles.KindOf(handle) == FileKind.Folder)
        {
            return new PinnedFolder(handle, UnixFiles.DescriptorPath(handle));
        }

        bool isFolder = UnixFiles.KindOf(handle) == FileKind.Folder;
        handle.Dispose();
        throw isFolder
            ? WorkspacePathRules.Refuse(place.Relative, "it leads out of the workspace")
            : new ToolException($"'{place.Relative}' cannot be: one of its folders is a file.");
    }
}
