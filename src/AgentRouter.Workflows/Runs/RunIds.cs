namespace AgentRouter.Workflows.Runs;

/// <summary>What an id of a run may look like: it becomes the name of a folder.</summary>
internal static class RunIds
{
    private const int MaxLength = 100;

    public static bool IsValid(string? runId)
    {
        if (string.IsNullOrEmpty(runId) || runId.Length > MaxLength || !char.IsAsciiLetterOrDigit(runId[0]))
            return false;
        foreach (char c in runId)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
                return false;
        }

        return true;
    }

    public static string Check(string? runId) => IsValid(runId)
        ? runId!
        : throw new ArgumentException(
            $"'{TextLimit.Shorten(runId ?? "", 60)}' is not the id of a run: it has up to {MaxLength} letters, digits, hyphens, underscores and dots, and starts with a letter or digit.",
            nameof(runId));
}
