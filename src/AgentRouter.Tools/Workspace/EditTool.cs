using System.ComponentModel;
using System.Globalization;
using AgentRouter.Expressions;
using AgentRouter.Tools.Workspace.Files;

namespace AgentRouter.Tools.Workspace;

/// <summary>Replaces one piece of text in a file of the workspace.</summary>
internal sealed class EditTool(WorkspaceFiles files)
{
    private const int MaxPlaces = 10;

    public static ToolDescription Description { get; } = new(
        "workspace.edit",
        "Replace one piece of text in a file of the workspace. oldText must occur exactly once, white space included.",
        new DataType.Object(new Dictionary<string, DataType>
        {
            ["path"] = DataType.Text,
            ["line"] = DataType.Number,
        }))
    {
        Parameters = ["path", "oldText", "newText"],
        RequiredParameters = ["path", "oldText", "newText"],
    };

    public Task<EditResult> EditAsync(
        [Description("The file, from the workspace's root: src/Program.cs")] string path,
        [Description("The text to replace, exactly as it is in the file, with enough lines around it to occur only once.")] string oldText,
        [Description("What to put in its place.")] string newText,
        CancellationToken cancellationToken = default)
    {
        if (oldText.Length == 0) throw new ToolException("oldText is empty: give the text to replace, or write the whole file with workspace_write.");
        if (oldText == newText) throw new ToolException("oldText and newText are the same: there is nothing to change.");
        return files.ChangeAsync(
            async () =>
            {
                WorkspacePath file = files.Root.Resolve(path);
                TextFile text = await files.ReadAsync(file, cancellationToken).ConfigureAwait(false);
                (TextFile changed, int line) = Replace(file, text, oldText, newText);
                await files.WriteAsync(file, changed.ToBytes(), cancellationToken).ConfigureAwait(false);
                return new EditResult(file.Relative, line);
            },
            cancellationToken);
    }

    private static (TextFile Changed, int Line) Replace(WorkspacePath file, TextFile text, string oldText, string newText)
    {
        // models write \n, whatever the file has
        string old = text.Text.Contains(oldText, StringComparison.Ordinal) ? oldText : text.WithLineEnds(oldText);
        List<int> places = Places(text.Text, old);
        if (places.Count == 0) throw new ToolException(NotFound(file, text.Text, oldText));
        if (places.Count > 1)
        {
            string lines = string.Join(", ", places.Take(MaxPlaces).Select(place => LineOf(text.Text, place))) + (places.Count > MaxPlaces ? ", …" : string.Empty);
            throw new ToolException($"oldText occurs more than once in '{file.Relative}', at lines {lines}: give more of the lines around the one you mean. Nothing was changed.");
        }

        string changed = string.Concat(text.Text.AsSpan(0, places[0]), text.WithLineEnds(newText), text.Text.AsSpan(places[0] + old.Length));
        return (text with { Text = changed }, LineOf(text.Text, places[0]));
    }

    private static List<int> Places(string text, string piece)
    {
        var places = new List<int>();
        // places may overlap: "aa" occurs twice in "aaa"
        for (int place = text.IndexOf(piece, StringComparison.Ordinal); place >= 0 && places.Count <= MaxPlaces; place = text.IndexOf(piece, place + 1, StringComparison.Ordinal))
        {
            places.Add(place);
        }

        return places;
    }

    private static int LineOf(string text, int place) => text.AsSpan(0, place).Count('\n') + 1;

    private static string NotFound(WorkspacePath file, string text, string oldText)
    {
        string message = $"oldText does not occur in '{file.Relative}'. Nothing was changed.";
        string? first = oldText.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0);
        if (first is null) return message + " Read the file again and copy the text exactly.";

        int[] near = [.. text.Split('\n').Index().Where(line => line.Item.Trim() == first).Take(MaxPlaces).Select(line => line.Index + 1)];
        return near.Length == 0
            ? message + " Not even its first line does: read the file again."
            : string.Create(CultureInfo.InvariantCulture, $"{message} Its first line is at {(near.Length == 1 ? "line" : "lines")} {string.Join(", ", near)}, but the white space or what follows differs: read there and copy exactly.");
    }
}

/// <summary>What was changed.</summary>
/// <param name="Path">The file.</param>
/// <param name="Line">The line of the first change.</param>
internal sealed record EditResult(string Path, int Line);
