using System.Security.Cryptography;
using System.Text;

namespace AgentRouter.Skills;

/// <summary>What an agent can be taught for a kind of task: a SKILL.md file in the open format, or its like from code.</summary>
public sealed record Skill
{
    /// <summary>Gets the name: lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what it does and when to use it.</summary>
    public required string Description { get; init; }

    /// <summary>Gets the instructions, in Markdown. They are data: whoever shows them to a model decides what they may cause.</summary>
    public required string Body { get; init; }

    /// <summary>Gets where it came from, unique in its source: the path of its file, or a name.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the license, where one is named.</summary>
    public string? License { get; init; }

    /// <summary>Gets what it needs to work, where that is said.</summary>
    public string? Compatibility { get; init; }

    /// <summary>Gets further facts by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the tools that it says it uses. A claim of the file, not a permission.</summary>
    public IReadOnlyList<string> AllowedTools { get; init; } = [];

    /// <summary>Gets its folder, or <see langword="null"/> when it is not in a file.</summary>
    public string? Folder { get; init; }

    /// <summary>Computes a hash of name, description and body: skills with the same one are copies.</summary>
    /// <returns>64 hexadecimal digits.</returns>
    public string ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string text in new[] { Name, Description, Body })
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
