namespace AgentRouter.Cli.Terminals;

/// <summary>Text as a shell takes it.</summary>
internal static class ShellText
{
    private const string Plain = "-_./:,+@%=";

    /// <summary>Quotes a text where a shell would read something else in it.</summary>
    public static string Quote(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c))
        ? text
        : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
