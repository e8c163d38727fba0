namespace AgentRouter.Skills.Text;

/// <summary>Finds the names that a text writes in single code marks.</summary>
internal static class InlineCode
{
    private const int LongestExtension = 5;

    /// <summary>Finds the names, in order. Paths, file names and addresses are none; nor is what stands in fences.</summary>
    public static List<(int Start, int End)> Find(ReadOnlySpan<char> text)
    {
        var found = new List<(int Start, int End)>();
        for (int at = 0; at < text.Length;)
        {
            int mark = text[at..].IndexOf('`');
            if (mark < 0)
                break;
            int start = at + mark;
            if (text[start..].StartsWith("```"))
            {
                int fence = text[(start + 3)..].IndexOf("```");
                at = fence < 0 ? text.Length : start + 3 + fence + 3;
                continue;
            }

            int length = text[(start + 1)..].IndexOfAny('`', '\n');
            if (length < 0)
                break;
            int end = start + 1 + length;
            at = end + 1;
            if (text[end] == '`' && !IsPath(text[(start + 1)..end]))
                found.Add((start + 1, end));
        }

        return found;
    }

    private static bool IsPath(ReadOnlySpan<char> code)
    {
        if (code.ContainsAny('/', '\\'))
            return true;
        ReadOnlySpan<char> extension = code[(code.LastIndexOf('.') + 1)..];
        return extension.Length < code.Length && extension.Length is > 0 and <= LongestExtension && !extension.ContainsAnyExcept(Extension);
    }

    private static readonly System.Buffers.SearchValues<char> Extension = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");
}
