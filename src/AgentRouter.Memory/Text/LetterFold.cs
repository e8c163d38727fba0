namespace AgentRouter.Memory.Text;

/// <summary>Takes case and accents off letters: <c>É</c> is e, <c>Ł</c> is l. One letter stays one letter: <c>ß</c> is s, <c>æ</c> is a.</summary>
/// <remarks><see cref="string.Normalize()"/> does nothing in invariant globalization mode, so Latin letters have a table of their own. Of other scripts only the case goes.</remarks>
internal static class LetterFold
{
    private const char FirstLatin = '\u00C0';
    private const char FirstAdditional = '\u1E00';

    // the letters of U+00C0 to U+024F, a full stop where there is none to go to
    private const string Latin =
        "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty"
        + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkk.llllllllllnnnnnn...oooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
        + "................................oo.............uu...................dddlllnnnaaiioouuuuuuuuuu.aaaa....ggkkoooo..jdddgg..nnaa"
        + "....aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............................";

    // the letters of U+1E00 to U+1EFF
    private const string Additional =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
        + "wwwwwwwwwwxxxxyyzzzzzzhtwyas..s.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

    /// <summary>Folds a letter; what is none stays as it is.</summary>
    public static char Fold(char letter)
    {
        if (letter < 128)
            return char.IsAsciiLetterUpper(letter) ? (char)(letter | 0x20) : letter;
        char folded = '.';
        if (letter >= FirstLatin && letter - FirstLatin < Latin.Length)
            folded = Latin[letter - FirstLatin];
        else if (letter >= FirstAdditional && letter - FirstAdditional < Additional.Length)
            folded = Additional[letter - FirstAdditional];
        return folded == '.' ? char.ToLowerInvariant(letter) : folded;
    }

    /// <summary>Tells whether a character is an accent that stands behind its letter.</summary>
    public static bool IsMark(char character) => character is >= '\u0300' and <= '\u036F';
}
