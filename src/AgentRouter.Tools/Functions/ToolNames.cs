using System.Security.Cryptography;
using System.Text;

namespace AgentRouter.Tools.Functions;

/// <summary>Makes names that models may use of names that others gave.</summary>
internal static class ToolNames
{
    /// <summary>The longest name that providers take for a function.</summary>
    public const int MaxLength = 64;

    private const int HashLength = 8;

    /// <summary>Tells whether a source may have this name.</summary>
    public static bool IsSourceName(string name) =>
        name.Length is > 0 and <= MaxLength / 2 && name.All(character => IsPlain(character) || character == '.') && name.Split('.').All(part => part.Length > 0);

    /// <summary>Joins the name of a source and a tool's own: characters that models may not use become underscores, and what is too long
    /// ends in a hash, so that two long names stay two.</summary>
    public static string FullName(string source, string tool)
    {
        string full = source + "." + Plain(tool);
        return full.Length <= MaxLength ? full : HashedName(source, tool);
    }

    /// <summary>Joins the name of a source, what fits of a tool's own, and a hash of the whole.</summary>
    public static string HashedName(string source, string tool)
    {
        string full = source + "." + Plain(tool);
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tool)))[..HashLength];
        return full[..Math.Min(full.Length, MaxLength - HashLength - 1)] + "_" + hash;
    }

    private static string Plain(string tool) => tool.Length == 0 ? "_" : new([.. tool.Select(character => IsPlain(character) ? character : '_')]);

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-';
}
