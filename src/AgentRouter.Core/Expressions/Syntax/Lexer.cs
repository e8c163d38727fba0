using System.Globalization;
using System.Text;

namespace AgentRouter.Expressions.Syntax;

/// <summary>Cuts an expression's text into tokens, one at a time.</summary>
internal sealed class Lexer(string text)
{
    private static readonly string[] TwoCharacterSigns = ["==", "!=", "<=", ">=", "&&", "||"];

    private int _at;

    public Token Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
        if (_at >= text.Length)
            return new Token(TokenKind.End, "", 0, text.Length);
        char first = text[_at];
        if (IsNameStart(first))
            return Name();
        if (char.IsAsciiDigit(first))
            return Number();
        if (first is '\'' or '"')
            return Quoted(first);
        return Sign();
    }

    public static bool IsName(string text) => text.Length > 0 && IsNameStart(text[0]) && text.All(IsNamePart);

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private Token Name()
    {
        int start = _at;
        while (_at < text.Length && IsNamePart(text[_at]))
            _at++;
        return new Token(TokenKind.Name, text[start.._at], 0, start);
    }

    private Token Number()
    {
        int start = _at;
        Digits();
        if (_at + 1 < text.Length && text[_at] == '.' && char.IsAsciiDigit(text[_at + 1]))
        {
            _at++;
            Digits();
        }

        if (_at < text.Length && IsNameStart(text[_at]))
            throw new ExpressionException("A number is written with digits and a dot, like 3 or 0.25.", start);
        double value = double.Parse(text.AsSpan(start, _at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
            throw new ExpressionException("This number is too large.", start);
        return new Token(TokenKind.Number, text[start.._at], value, start);
    }

    private void Digits()
    {
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
            _at++;
    }

    private Token Quoted(char quote)
    {
        int start = _at++;
        var value = new StringBuilder();
        while (_at < text.Length && text[_at] != quote)
        {
            char c = text[_at++];
            if (c == '\\')
                c = Escaped();
            value.Append(c);
        }

        if (_at >= text.Length)
            throw new ExpressionException($"This text has no closing {quote}.", start);
        _at++;
        return new Token(TokenKind.Text, value.ToString(), 0, start);
    }

    private char Escaped()
    {
        int start = _at - 1;
        char c = _at < text.Length ? text[_at++] : '\0';
        return c switch
        {
            '\\' or '\'' or '"' => c,
            'n' => '\n',
            't' => '\t',
            _ => throw new ExpressionException("A backslash in a text stands before \\ ' \" n or t; write \\\\ for a backslash.", start),
        };
    }

    private Token Sign()
    {
        int start = _at;
        foreach (string sign in TwoCharacterSigns)
        {
            if (string.CompareOrdinal(text, start, sign, 0, 2) != 0)
                continue;
            _at += 2;
            return new Token(TokenKind.Sign, sign, 0, start);
        }

        char c = text[_at++];
        return c switch
        {
            '(' or ')' or '[' or ']' or '.' or ',' or '<' or '>' or '!' or '+' or '-' => new Token(TokenKind.Sign, c.ToString(), 0, start),
            '=' => throw new ExpressionException("One '=' means nothing here. Did you mean '=='?", start),
            '&' => throw new ExpressionException("One '&' means nothing here. Did you mean '&&' or 'and'?", start),
            '|' => throw new ExpressionException("One '|' means nothing here. Did you mean '||' or 'or'?", start),
            _ => throw new ExpressionException($"'{Visible(c)}' means nothing in an expression.", start),
        };
    }

    private static string Visible(char c) =>
        char.IsControl(c) || char.IsSurrogate(c) ? string.Create(CultureInfo.InvariantCulture, $"U+{(int)c:X4}") : c.ToString();
}
