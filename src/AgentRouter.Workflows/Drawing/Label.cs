namespace AgentRouter.Workflows.Drawing;

/// <summary>Prepares texts for labels.</summary>
internal static class Label
{
    private const int MaxLength = 120;

    /// <summary>Puts a text on one short line without control characters.</summary>
    public static string OneLine(string text)
    {
        string shown = text.Length > MaxLength ? string.Concat(text.AsSpan(0, MaxLength), "…") : text;
        return string.Create(shown.Length, shown, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) || source[i] is '\u2028' or '\u2029' ? ' ' : source[i];
        });
    }
}
