namespace AgentRouter.Skills.Sources;

/// <summary>Finds the SKILL.md files below a folder.</summary>
internal sealed class SkillFolders(string root)
{
    private static readonly HashSet<string> LeftOut = new(StringComparer.Ordinal) { ".git", "node_modules", "bin", "obj" };
    private readonly HashSet<string> _followed = [Real(root)];

    /// <summary>Lists the files by path. Folders that cannot be opened are passed over.</summary>
    public IEnumerable<string> Files(CancellationToken cancellationToken)
    {
        var left = new Stack<(string Folder, int Depth)>([(root, 0)]);
        while (left.TryPop(out (string Folder, int Depth) next))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string file = Path.Join(next.Folder, SkillLimits.FileName);
            if (File.Exists(file))
                yield return file;
            else if (next.Depth < SkillLimits.Depth)
                Push(left, next.Folder, next.Depth + 1);
        }
    }

    private void Push(Stack<(string Folder, int Depth)> left, string folder, int depth)
    {
        DirectoryInfo[] children;
        try
        {
            children = new DirectoryInfo(folder).GetDirectories();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return;
        }

        DirectoryInfo[] entered = [.. children.Where(child => !LeftOut.Contains(child.Name)).OrderBy(child => child.Name, StringComparer.Ordinal)
            .Where(child => child.LinkTarget is null || _followed.Add(Real(child.FullName)))];
        // the stack turns the order round
        foreach (DirectoryInfo child in entered.Reverse())
            left.Push((child.FullName, depth));
    }

    private static string Real(string folder)
    {
        try
        {
            return Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(folder);
        }
        catch (IOException)
        {
            // a link that leads to itself
            return Path.GetFullPath(folder);
        }
    }
}
