using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace AgentRouter.Tools.Workspace.Files;

/// <summary>Reads and writes the text files of a workspace. All access to files goes through here.</summary>
internal sealed class WorkspaceFiles(WorkspaceRoot root, long maxBytes) : IDisposable
{
    private const int NoSpaceLeft = 28;
    private const int DiskFullWindows = unchecked((int)0x80070070);
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Gets the workspace.</summary>
    public WorkspaceRoot Root => root;

    /// <summary>Reads a text file.</summary>
    /// <exception cref="ToolException">It is not there, not a file, too large, or not text.</exception>
    public async Task<TextFile> ReadAsync(WorkspacePath path, CancellationToken cancellationToken)
    {
        if (path.Real == root.Real) throw new ToolException("'.' is a folder: use workspace_list.");
        using PinnedFolder folder = PinnedFolder.Open(root, path);
        string file = folder.PathOf(path.Name);
        RequireFile(path, FileKinds.Of(file));
        using SafeFileHandle handle = Open(path, file);
        long length = RandomAccess.GetLength(handle);
        if (length > maxBytes) throw TooLarge(path, length);

        byte[] bytes = await ReadAllAsync(path, handle, length, cancellationToken).ConfigureAwait(false);
        return TextFile.Parse(bytes) ?? throw new ToolException($"'{path.Relative}' is a binary file, not text.");
    }

    /// <summary>Reads a text file when there is one.</summary>
    /// <returns>The file, or <see langword="null"/> when nothing is there.</returns>
    public async Task<TextFile?> ReadIfThereAsync(WorkspacePath path, CancellationToken cancellationToken) =>
        Path.Exists(path.Real) ? await ReadAsync(path, cancellationToken).ConfigureAwait(false) : null;

    /// <summary>Writes a file whole: until the last moment the old one is there, and then the new one.</summary>
    public async Task WriteAsync(WorkspacePath path, byte[] bytes, CancellationToken cancellationToken)
    {
        RefuseRepository(path);
        if (path.Real == root.Real) throw new ToolException("'.' is a folder, not a file.");
        if (bytes.LongLength > maxBytes) throw TooLarge(path, bytes.LongLength);
        try
        {
            using PinnedFolder folder = PinnedFolder.Open(root, path, create: true);
            await ReplaceAsync(path, folder, bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception) when ((exception.HResult & 0xFFFF) == NoSpaceLeft || exception.HResult == DiskFullWindows)
        {
            throw new ToolException($"There is no space left on the disk: '{path.Relative}' was left as it was.", exception);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new ToolException($"'{path.Relative}' could not be written, and was left as it was: {exception.GetType().Name}.", exception);
        }
    }

    /// <summary>Runs a change of a file with no other change in between.</summary>
    public async Task<T> ChangeAsync<T>(Func<Task<T>> change, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await change().ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writing.Dispose();

    private static async Task ReplaceAsync(WorkspacePath path, PinnedFolder folder, byte[] bytes, CancellationToken cancellationToken)
    {
        string target = folder.PathOf(path.Name);
        FileKind? kind = FileKinds.Of(target);
        if (kind is not null) RequireFile(path, kind);
        string temporary = folder.PathOf(".agentrouter-" + Path.GetRandomFileName());
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.Asynchronous };
            await using (var stream = new FileStream(temporary, options))
            {
                if (!OperatingSystem.IsWindows() && kind is not null) File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
                await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static SafeFileHandle Open(WorkspacePath path, string file)
    {
        try
        {
            if (!UnixFiles.IsSupported) return File.OpenHandle(file, options: FileOptions.Asynchronous);
            SafeFileHandle? handle = UnixFiles.OpenToRead(file);
            if (handle is null) throw new ToolException($"'{path.Relative}' cannot be opened: it is gone, or may not be read.");
            // someone may have put something else there since we looked
            if (UnixFiles.KindOf(handle) == FileKind.File && UnixFiles.PathOf(handle) == path.Real) return handle;
            handle.Dispose();
            throw WorkspacePathRules.Refuse(path.Relative, "it changed while it was opened");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"'{path.Relative}' cannot be opened: {exception.GetType().Name}.", exception);
        }
    }

    private static async Task<byte[]> ReadAllAsync(WorkspacePath path, SafeFileHandle handle, long length, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[length];
        int done = 0;
        try
        {
            while (done < bytes.Length)
            {
                int read = await RandomAccess.ReadAsync(handle, bytes.AsMemory(done), done, cancellationToken).ConfigureAwait(false);
                if (read == 0) break;
                done += read;
            }
        }
        catch (IOException exception)
        {
            throw new ToolException($"'{path.Relative}' could not be read: {exception.GetType().Name}.", exception);
        }

        return done == bytes.Length ? bytes : bytes[..done];
    }

    private static void RequireFile(WorkspacePath path, FileKind? kind)
    {
        if (kind is null) throw new ToolException($"'{path.Relative}' is not there: use workspace_list to see what is.");
        if (kind == FileKind.Folder) throw new ToolException($"'{path.Relative}' is a folder: use workspace_list.");
        if (kind != FileKind.File) throw new ToolException($"'{path.Relative}' is refused: it is {FileKinds.Describe(kind.Value)}, not a file.");
    }

    private void RefuseRepository(WorkspacePath path)
    {
        // hooks and settings in there make git run programs, outside of the sandbox
        string relative = Path.GetRelativePath(root.Real, path.Real);
        if (relative.Split(Path.DirectorySeparatorChar).Contains(".git", StringComparer.OrdinalIgnoreCase))
        {
            throw new ToolException($"'{path.Relative}' is refused: the files of .git are git's own.");
        }
    }

    private ToolException TooLarge(WorkspacePath path, long length) =>
        new(string.Create(CultureInfo.InvariantCulture, $"'{path.Relative}' is too large: {length:N0} bytes, and {maxBytes:N0} are the most."));
}
