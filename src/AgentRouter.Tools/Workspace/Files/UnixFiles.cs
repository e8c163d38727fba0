using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AgentRouter.Tools.Workspace.Files;

/// <summary>What .NET cannot ask Linux for: the kind of a file, and to open one without waiting or following.</summary>
internal static partial class UnixFiles
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint TypeMask = 0x1;
    private const int ModeOffset = 28;
    private const int StatSize = 256;
    private const int KindBits = 0xF000;

    // the same numbers on x64 and Arm64
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int PathOnly = 0x200000;

    /// <summary>Gets a value indicating whether these calls are there.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>Gets the kind of what is at a path, itself when it is a link; <see langword="null"/> when nothing is there.</summary>
    public static FileKind? KindOf(string path) => Ask(CurrentFolder, path, NoFollow);

    /// <summary>Gets the kind of what is open.</summary>
    public static FileKind? KindOf(SafeFileHandle handle) => Ask((int)handle.DangerousGetHandle(), string.Empty, EmptyPath);

    /// <summary>Opens a file to read. Never waits, as opening a pipe without a writer would.</summary>
    public static SafeFileHandle? OpenToRead(string path) => Open(path, NonBlocking | CloseOnExec);

    /// <summary>Opens a folder as a place to look names up from.</summary>
    public static SafeFileHandle? OpenFolder(string path) => Open(path, PathOnly | CloseOnExec);

    /// <summary>Gets the real path of what is open.</summary>
    public static string? PathOf(SafeFileHandle handle) => new FileInfo(DescriptorPath(handle)).LinkTarget;

    /// <summary>Gets the path by which the system looks up what is open.</summary>
    public static string DescriptorPath(SafeFileHandle handle) => $"/proc/self/fd/{(int)handle.DangerousGetHandle()}";

    private static SafeFileHandle? Open(string path, int flags)
    {
        int descriptor = OpenFile(path, flags);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    private static FileKind? Ask(int folder, string path, int flags)
    {
        Span<byte> stat = stackalloc byte[StatSize];
        if (GetStatus(folder, path, flags, TypeMask, stat) != 0) return null;
        return (BitConverter.ToUInt16(stat[ModeOffset..]) & KindBits) switch
        {
            0x8000 => FileKind.File,
            0x4000 => FileKind.Folder,
            0xA000 => FileKind.Link,
            0x1000 => FileKind.Pipe,
            0xC000 => FileKind.Socket,
            _ => FileKind.Device,
        };
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int GetStatus(int folder, string path, int flags, uint mask, Span<byte> status);
}
