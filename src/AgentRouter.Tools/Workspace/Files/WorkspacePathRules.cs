using System.Text;

namespace AgentRouter.Tools.Workspace.Files;

/// <summary>Which paths may be asked for at all, before the file system is looked at.</summary>
internal static class WorkspacePathRules
{
    private const int MaxPathBytes = 2048;
    private const int MaxNameBytes = 255;

    /// <summary>Names that are devices on Windows, with any extension: refused everywhere, so that a workspace can travel.</summary>
    private static readonly HashSet<string> DeviceNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    private static readonly char[] Separators = ['/', '\\'];

    /// <summary>Splits a path into names.</summary>
    /// <param name="path">A path from the root, or an absolute one below it.</param>
    /// <param name="roots">The root's own absolute paths: as it was given, and with links followed.</param>
    /// <exception cref="ToolException">The path is not one of the workspace.</exception>
    public static IReadOnlyList<string> Split(string path, IReadOnlyList<string> roots)
    {
        if (path.Contains('\0', StringComparison.Ordinal) || path.Any(char.IsControl)) throw Refuse(path, "it holds a control character");
        if (Encoding.UTF8.GetByteCount(path) > MaxPathBytes) throw Refuse(path, $"it is longer than {MaxPathBytes} bytes");

        string relative = IsAbsolute(path) ? BelowRoot(path, roots) : path;
        string[] names = [.. relative.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Where(name => name != ".")];
        foreach (string name in names) CheckName(path, name);
        return names;
    }

    private static void CheckName(string path, string name)
    {
        if (name == "..") throw Refuse(path, "it holds '..'");
        if (Encoding.UTF8.GetByteCount(name) > MaxNameBytes) throw Refuse(path, $"it has a name longer than {MaxNameBytes} bytes");
        string stem = name.Split('.', 2)[0].TrimEnd();
        if (DeviceNames.Contains(stem)) throw Refuse(path, $"'{name}' is a device name");
        if (OperatingSystem.IsWindows() && (name.Contains(':', StringComparison.Ordinal) || name[^1] is '.' or ' ')) throw Refuse(path, $"'{name}' is no file name");
    }

    private static bool IsAbsolute(string path) =>
        path.StartsWith('/') || path.StartsWith('\\') || path.StartsWith('~') || (path.Length > 1 && char.IsAsciiLetter(path[0]) && path[1] == ':');

    private static string BelowRoot(string path, IReadOnlyList<string> roots)
    {
        foreach (string root in roots)
        {
            if (path == root) return string.Empty;
            if (path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return path[(root.Length + 1)..];
        }

        throw Refuse(path, "it is an absolute path");
    }

    /// <summary>Makes the refusal of a path.</summary>
    public static ToolException Refuse(string path, string why) =>
        new($"'{Shown(path)}' is refused: {why}. Use a path from the workspace's root, such as src/Program.cs.");

    private static string Shown(string path)
    {
        const int limit = 120;
        string shown = new([.. path.Select(character => char.IsControl(character) ? '?' : character)]);
        return shown.Length <= limit ? shown : shown[..limit] + "…";
    }
}
