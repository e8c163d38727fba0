namespace AgentRouter.Tools.Workspace.Files;

/// <summary>Asks what is at a path, as exactly as the system tells.</summary>
internal static class FileKinds
{
    /// <summary>Gets the kind of what is at a path, itself when it is a link; <see langword="null"/> when nothing is there.</summary>
    public static FileKind? Of(string path)
    {
        if (UnixFiles.IsSupported) return UnixFiles.KindOf(path);
        var info = new FileInfo(path);
        if (info.LinkTarget is not null) return FileKind.Link;
        if (Directory.Exists(path)) return FileKind.Folder;
        if (!info.Exists) return null;
        return info.Attributes.HasFlag(FileAttributes.Device) ? FileKind.Device : FileKind.File;
    }

    /// <summary>Says the kind in words.</summary>
    public static string Describe(FileKind kind) => kind switch
    {
        FileKind.File => "a file",
        FileKind.Folder => "a folder",
        FileKind.Link => "a link",
        FileKind.Pipe => "a pipe",
        FileKind.Socket => "a socket",
        _ => "a device",
    };
}
