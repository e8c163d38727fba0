using System.ComponentModel;
using System.Globalization;
using System.Text;
using AgentRouter.Expressions;
using AgentRouter.Tools.Workspace.Files;

namespace AgentRouter.Tools.Workspace;

/// <summary>Reads a text file of the workspace, or some of its lines.</summary>
internal sealed class ReadTool(WorkspaceFiles files, int maxCharacters)
{
    public static ToolDescription Description { get; } = new(
        "workspace.read",
        "Read a text file of the workspace. A long file comes in parts: read on with startLine.",
        DataType.Text)
    {
        Parameters = ["path", "startLine", "endLine", "lineNumbers"],
        RequiredParameters = ["path"],
        IsIdempotent = true,
    };

    public async Task<string> ReadAsync(
        [Description("The file, from the workspace's root: src/Program.cs")] string path,
        [Description("The first line to read, from 1.")] int? startLine = null,
        [Description("The last line to read.")] int? endLine = null,
        [Description("Put its number before each line.")] bool lineNumbers = false,
        CancellationToken cancellationToken = default)
    {
        if (startLine < 1) throw new ToolException("startLine must be 1 or more.");
        if (endLine < (startLine ?? 1)) throw new ToolException("endLine must not be before startLine.");

        WorkspacePath file = files.Root.Resolve(path);
        TextFile text = await files.ReadAsync(file, cancellationToken).ConfigureAwait(false);
        string[] lines = text.Text.ReplaceLineEndings("\n").Split('\n');
        int count = lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        int first = startLine ?? 1;
        if (first > Math.Max(count, 1)) throw new ToolException($"'{file.Relative}' has {count} lines: there is no line {first}.");

        int last = Math.Min(endLine ?? count, count);
        var shown = new StringBuilder();
        int line = first;
        for (; line <= last; line++)
        {
            string next = lineNumbers ? string.Create(CultureInfo.InvariantCulture, $"{line,5}  {lines[line - 1]}") : lines[line - 1];
            if (shown.Length + next.Length > maxCharacters) break;
            shown.Append(next).Append('\n');
        }

        if (line > last) return shown.ToString();
        return line == first ? CutLine(lines[first - 1], first, count) : shown.Append(CultureInfo.InvariantCulture, $"… lines {line} to {last} left out: read on with startLine {line} …\n").ToString();
    }

    /// <summary>A single line that is longer than what may be shown.</summary>
    private string CutLine(string line, int number, int count)
    {
        string shown = Text.OutputCapture.Shorten(line, maxCharacters);
        return number == count ? shown + "\n" : string.Create(CultureInfo.InvariantCulture, $"{shown}\n… read on with startLine {number + 1} …\n");
    }
}
