using System.Text;
using System.Text.RegularExpressions;

namespace AgentRouter.Tools.Text;

/// <summary>Makes plain text of what programs print for terminals.</summary>
internal static partial class TerminalText
{
    /// <summary>Takes out colours and other escape sequences, control characters, and lines overwritten by a carriage return.</summary>
    public static string Clean(string text)
    {
        string plain = Escapes().Replace(text, string.Empty).Replace("\r\n", "\n", StringComparison.Ordinal);
        if (!plain.AsSpan().ContainsAnyInRange('\0', '\u001f') && !plain.Contains('\u007f', StringComparison.Ordinal)) return plain;

        var clean = new StringBuilder(plain.Length);
        foreach (char character in plain)
        {
            if (character == '\r') clean.Append('\n');
            else if (character is '\n' or '\t' || !char.IsControl(character)) clean.Append(character);
        }

        return clean.ToString();
    }

    [GeneratedRegex(@"\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[ -/]*[0-~])", RegexOptions.NonBacktracking)]
    private static partial Regex Escapes();
}
