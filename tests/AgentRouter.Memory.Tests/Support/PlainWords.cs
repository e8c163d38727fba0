using System.Text;
using AgentRouter.Memory.Text;

namespace AgentRouter.Memory.Tests.Support;

/// <summary>The words of a text without case and accents, parted by single spaces.</summary>
internal static class PlainWords
{
    public static string Of(string text)
    {
        var words = new StringBuilder();
        foreach (char character in text.Where(character => !LetterFold.IsMark(character)))
            words.Append(char.IsLetterOrDigit(character) ? LetterFold.Fold(character) : ' ');
        return string.Join(' ', words.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
