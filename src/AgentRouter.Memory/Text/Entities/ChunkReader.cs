using System.Buffers;
using System.Globalization;

namespace AgentRouter.Memory.Text.Entities;

/// <summary>Tells what kind of thing a chunk of a text is, if it is none of plain prose.</summary>
internal static class ChunkReader
{
    private const int Longest = 200;
    private const int ShortestLongNumber = 4;
    private const string Currencies = "$€£¥";

    private static readonly SearchValues<char> Telling = SearchValues.Create("@/\\_.()$€£¥#0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    private static readonly string[] Domains = ["com", "org", "net", "io", "dev", "edu", "gov", "ai", "eu", "de", "uk"];
    private static readonly string[] SurnamePrefixes = ["Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Von", "Fitz"];

    /// <summary>Reads a chunk.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="isCode">Whether it stood between backticks.</param>
    /// <param name="key">Its key.</param>
    /// <returns>What it is, or <see langword="null"/> for prose.</returns>
    public static EntityKind? Read(ReadOnlySpan<char> chunk, bool isCode, out string key)
    {
        key = "";
        if (chunk.Length is < 2 or > Longest || (!isCode && !chunk.ContainsAny(Telling)))
            return null;
        if (IsUrl(chunk))
            return Url(chunk, out key);
        if (IsMail(chunk))
            return Keyed(EntityKind.Mail, "mail:", chunk, out key);
        if (IsPath(chunk))
            return Path(chunk, out key);
        if (isCode)
            return Code(chunk.EndsWith("()") ? chunk[..^2] : chunk, out key);
        return Number(chunk, out key) ?? Identifier(chunk, out key);
    }

    private static bool IsUrl(ReadOnlySpan<char> chunk) => chunk.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || chunk.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || chunk.StartsWith("www.", StringComparison.OrdinalIgnoreCase) || IsDomain(chunk);

    // example.org, example.org/page
    private static bool IsDomain(ReadOnlySpan<char> chunk)
    {
        int slash = chunk.IndexOf('/');
        ReadOnlySpan<char> host = slash < 0 ? chunk : chunk[..slash];
        int dot = host.LastIndexOf('.');
        if (dot < 2 || host.ContainsAnyExcept(HostCharacters))
            return false;
        foreach (string domain in Domains)
        {
            if (host[(dot + 1)..].SequenceEqual(domain))
                return true;
        }

        return false;
    }

    private static EntityKind? Url(ReadOnlySpan<char> chunk, out string key)
    {
        int scheme = chunk.IndexOf("://");
        ReadOnlySpan<char> page = scheme < 0 ? chunk : chunk[(scheme + 3)..];
        int query = page.IndexOfAny('?', '#');
        if (query >= 0)
            page = page[..query];
        page = page.TrimEnd('/');
        if (page.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            page = page[4..];
        return Keyed(EntityKind.Url, "url:", page, out key);
    }

    private static bool IsMail(ReadOnlySpan<char> chunk)
    {
        int at = chunk.IndexOf('@');
        return at > 0 && chunk.LastIndexOf('@') == at && chunk[(at + 1)..].IndexOf('.') > 0 && char.IsLetter(chunk[^1])
            && !chunk[..at].ContainsAnyExcept(MailCharacters) && !chunk[(at + 1)..].ContainsAnyExcept(HostCharacters);
    }

    // src/app.cs, C:\x\y.txt, /etc/hosts, ./run; not and/or, 03/05/2023
    private static bool IsPath(ReadOnlySpan<char> chunk)
    {
        if (chunk.ContainsAny('<', '>', '|') || !chunk.ContainsAny('/', '\\') || !chunk.ContainsAnyInRange('a', 'z') && !chunk.ContainsAnyInRange('A', 'Z'))
            return false;
        if (chunk.ContainsAny(' ', '\t'))
            return false;
        bool isRooted = chunk[0] is '/' or '~' || chunk.StartsWith("./") || chunk.StartsWith("../") || (chunk.Length > 2 && chunk[1] == ':' && chunk[2] is '\\' or '/');
        int last = chunk.LastIndexOfAny('/', '\\');
        ReadOnlySpan<char> name = chunk[(last + 1)..];
        bool hasExtension = name.LastIndexOf('.') is >= 0 and var dot && name.Length - dot is > 1 and <= 6;
        int separators = chunk.Count('/') + chunk.Count('\\');
        return hasExtension || (isRooted && chunk.Length > 2 && last < chunk.Length - 1) || (separators >= 2 && !chunk.Contains("//", StringComparison.Ordinal));
    }

    private static EntityKind? Path(ReadOnlySpan<char> chunk, out string key)
    {
        int colon = chunk.LastIndexOf(':');
        if (colon > 1 && !chunk[(colon + 1)..].ContainsAnyExceptInRange('0', '9'))
            chunk = chunk[..colon];
        if (chunk.StartsWith("./"))
            chunk = chunk[2..];
        EntityKind? kind = Keyed(EntityKind.Path, "path:", chunk.TrimEnd("/\\"), out key);
        key = key.Replace('\\', '/');
        return kind;
    }

    // v2.3.1, 10.0.4; $1,200; 4711
    private static EntityKind? Number(ReadOnlySpan<char> chunk, out string key)
    {
        key = "";
        bool isVersion = chunk[0] is 'v' or 'V' && char.IsAsciiDigit(chunk[1]);
        bool isMoney = Currencies.Contains(chunk[0]) || Currencies.Contains(chunk[^1]);
        char currency = Currencies.Contains(chunk[0]) ? chunk[0] : chunk[^1];
        ReadOnlySpan<char> digits = isVersion || chunk[0] == '#' ? chunk[1..] : isMoney ? chunk.Trim(Currencies) : chunk;
        if (digits.IsEmpty || digits.ContainsAnyExcept(NumberCharacters) || !char.IsAsciiDigit(digits[0]) || !char.IsAsciiDigit(digits[^1]))
            return null;
        if ((isVersion || digits.Count('.') > 1) && !digits.Contains(','))
            return Keyed(EntityKind.Number, "number:", digits, out key);
        if (digits.Count('.') > 1)
            return null;
        string plain = digits.ToString().Replace(",", "", StringComparison.Ordinal);
        bool isYear = plain.Length == ShortestLongNumber && !plain.Contains('.') && int.Parse(plain, CultureInfo.InvariantCulture) is >= 1_000 and < 2_200;
        bool isLong = plain.Length >= ShortestLongNumber && !isYear && !plain.Contains('.');
        return isMoney ? Keyed(EntityKind.Number, "number:", currency + plain, out key)
            : chunk[0] == '#' ? Keyed(EntityKind.Number, "number:", '#' + plain, out key)
            : isLong ? Keyed(EntityKind.Number, "number:", plain, out key) : null;
    }

    // snake_case, camelCase, PascalCase, dotted.names, calls()
    private static EntityKind? Identifier(ReadOnlySpan<char> chunk, out string key)
    {
        key = "";
        bool isCall = chunk.EndsWith("()");
        ReadOnlySpan<char> name = isCall ? chunk[..^2] : chunk;
        if (name.Length < 2 || name.ContainsAnyExcept(IdentifierCharacters) || !(char.IsAsciiLetter(name[0]) || name[0] == '_') || !char.IsAsciiLetterOrDigit(name[^1]))
            return null;
        return isCall || name.Trim('_').Contains('_') || IsDotted(name) || HasInnerCapital(name) ? Keyed(EntityKind.Code, "code:", name, out key) : null;
    }

    // two words that only lack the space behind a full stop are no name, nor are e.g. and U.S
    private static bool IsDotted(ReadOnlySpan<char> name)
    {
        int dots = name.Count('.');
        if (dots == 0 || name.Contains("..", StringComparison.Ordinal))
            return false;
        int start = 0;
        while (start < name.Length)
        {
            int length = name[start..].IndexOf('.');
            if (length < 0)
                length = name.Length - start;
            if (length < 2 || !char.IsAsciiLetter(name[start]))
                return false;
            start += length + 1;
        }

        int dot = name.IndexOf('.');
        return dots > 1 || !(char.IsAsciiLetterLower(name[dot - 1]) && char.IsAsciiLetterUpper(name[dot + 1])) || char.IsAsciiLetterUpper(name[0]);
    }

    private static bool HasInnerCapital(ReadOnlySpan<char> name)
    {
        if (name.Contains('.'))
            return false;
        int hump = 0;
        for (int at = 1; at < name.Length; at++)
        {
            if (char.IsAsciiLetterUpper(name[at]) && char.IsAsciiLetterLower(name[at - 1]))
            {
                hump = at;
                break;
            }
        }

        // "IDs" and "PhDs" are no code, nor is McDonald
        return hump > 0 && name.Length >= 4 && !SurnamePrefixes.AsSpan().Contains(name[..hump].ToString());
    }

    private static EntityKind? Code(ReadOnlySpan<char> chunk, out string key)
    {
        key = "code:" + CanonicalText.Normalized(chunk);
        return key.Length > "code:".Length && chunk.ContainsAnyExcept(" \t") ? EntityKind.Code : null;
    }

    private static EntityKind? Keyed(EntityKind kind, string type, ReadOnlySpan<char> text, out string key)
    {
        key = string.Concat(type, text.ToString().ToLowerInvariant());
        return text.IsEmpty ? null : kind;
    }

    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");
    private static readonly SearchValues<char> MailCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_+");
    private static readonly SearchValues<char> IdentifierCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._");
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.,");
}
