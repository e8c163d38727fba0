using System.ComponentModel;
using AgentRouter.Expressions;
using AgentRouter.Tools.Workspace.Files;

namespace AgentRouter.Tools.Workspace;

/// <summary>Writes a whole text file of the workspace.</summary>
internal sealed class WriteTool(WorkspaceFiles files)
{
    public static ToolDescription Description { get; } = new(
        "workspace.write",
        "Write a whole text file of the workspace; makes its folders, replaces what was there. To change a part of a file use workspace_edit.",
        new DataType.Object(new Dictionary<string, DataType>
        {
            ["path"] = DataType.Text,
            ["created"] = DataType.Boolean,
            ["lines"] = DataType.Number,
        }))
    {
        Parameters = ["path", "content"],
        RequiredParameters = ["path", "content"],
        IsIdempotent = true,
    };

    public Task<WriteResult> WriteAsync(
        [Description("The file, from the workspace's root: src/Program.cs")] string path,
        [Description("The whole new text of the file.")] string content,
        CancellationToken cancellationToken = default) =>
        files.ChangeAsync(
            async () =>
            {
                WorkspacePath file = files.Root.Resolve(path);
                TextFile? old = await files.ReadIfThereAsync(file, cancellationToken).ConfigureAwait(false);
                TextFile text = old is null ? new TextFile(content, TextFile.DefaultEncoding) : old with { Text = old.WithLineEnds(content) };
                await files.WriteAsync(file, text.ToBytes(), cancellationToken).ConfigureAwait(false);
                return new WriteResult(file.Relative, old is null, CountLines(content));
            },
            cancellationToken);

    private static int CountLines(string text) => text.AsSpan().Count('\n') + (text.Length > 0 && text[^1] != '\n' ? 1 : 0);
}

/// <summary>What was written.</summary>
internal sealed record WriteResult(string Path, bool Created, int Lines);
