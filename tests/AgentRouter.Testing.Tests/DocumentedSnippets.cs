using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace AgentRouter.Testing.Tests;

/// <summary>Checks that the C# in a page of the documentation stands in a test, which compiles and runs it.</summary>
internal static partial class DocumentedSnippets
{
    private const string Fence = "```";

    /// <summary>Expects every C# block of a page to stand in the file that calls, line by line; only the indentation may differ, and where the namespaces stand.</summary>
    public static void ShouldBeCompiledHere(string page, int atLeast, [CallerFilePath] string source = "")
    {
        string root = RepositoryRoot(source);
        string[] code = Lines(File.ReadAllText(source));
        List<string[]> blocks = Blocks(File.ReadAllLines(Path.Combine(root, page)));

        blocks.Count.ShouldBeGreaterThanOrEqualTo(atLeast);
        foreach (string[] shown in blocks)
        {
            string[] block = [.. shown.SkipWhile(line => Namespace().IsMatch(line))];
            bool found = shown[..^block.Length].All(code.Contains) && Enumerable.Range(0, code.Length - block.Length + 1).Any(start => code.AsSpan(start, block.Length).SequenceEqual(block));
            found.ShouldBeTrue($"{page} shows C# that no test compiles:\n{string.Join('\n', shown)}");
        }
    }

    public static string RepositoryRoot([CallerFilePath] string source = "")
    {
        DirectoryInfo? folder = new FileInfo(source).Directory;
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AgentRouter.sln")))
            folder = folder.Parent;
        return folder.ShouldNotBeNull().FullName;
    }

    private static List<string[]> Blocks(string[] page)
    {
        List<string[]> blocks = [];
        for (int i = 0; i < page.Length; i++)
        {
            if (page[i].Trim() != Fence + "csharp")
                continue;
            int end = Array.FindIndex(page, i + 1, line => line.Trim() == Fence);
            blocks.Add(Lines(string.Join('\n', page[(i + 1)..end])));
            i = end;
        }

        return blocks;
    }

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    [GeneratedRegex(@"^using [A-Z][\w.]*;$")]
    private static partial Regex Namespace();
}
