using System.Diagnostics.CodeAnalysis;

namespace AgentRouter.Memory;

/// <summary>Whose memory it is. What one scope holds is never seen, counted or weighed in another.</summary>
/// <remarks>Written <c>user:anna</c>, <c>project:payments</c>: a kind, a colon and a name of 1 to <see cref="MaxNameLength"/> characters without control characters.
/// Names are compared as they are written, upper and lower case apart.</remarks>
public sealed record MemoryScope
{
    /// <summary>The most characters of a name.</summary>
    public const int MaxNameLength = 200;

    /// <summary>Makes a scope.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">The name is empty, too long, or has a control character or a lone surrogate.</exception>
    public MemoryScope(MemoryScopeKind kind, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Problem(name) is { } problem)
            throw new ArgumentException(problem, nameof(name));
        (Kind, Name) = (kind, name);
    }

    /// <summary>Gets the kind.</summary>
    public MemoryScopeKind Kind { get; }

    /// <summary>Gets the name, without the kind.</summary>
    public string Name { get; }

    /// <summary>Reads a scope such as <c>user:anna</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none; the message says what is wrong and what is expected.</exception>
    public static MemoryScope Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || KindOf(text.AsSpan(0, colon)) is not { } kind)
            throw new FormatException($"'{Shown(text)}' is not a memory scope: write user:NAME, agent:NAME, workflow:NAME or project:NAME.");
        string name = text[(colon + 1)..];
        if (Problem(name) is { } problem)
            throw new FormatException($"'{Shown(text)}' is not a memory scope: {problem}");
        return new MemoryScope(kind, name);
    }

    /// <summary>Reads a scope, if it is one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="scope">The scope.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out MemoryScope? scope)
    {
        int colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        scope = colon > 0 && KindOf(text.AsSpan(0, colon)) is { } kind && Problem(text![(colon + 1)..]) is null ? new MemoryScope(kind, text[(colon + 1)..]) : null;
        return scope is not null;
    }

    /// <summary>Writes the scope as it is read: <c>user:anna</c>.</summary>
    public override string ToString() => Word(Kind) + ":" + Name;

    private static string Word(MemoryScopeKind kind) => kind switch
    {
        MemoryScopeKind.User => "user",
        MemoryScopeKind.Agent => "agent",
        MemoryScopeKind.Workflow => "workflow",
        _ => "project",
    };

    private static MemoryScopeKind? KindOf(ReadOnlySpan<char> word) => word switch
    {
        "user" => MemoryScopeKind.User,
        "agent" => MemoryScopeKind.Agent,
        "workflow" => MemoryScopeKind.Workflow,
        "project" => MemoryScopeKind.Project,
        _ => null,
    };

    private static string? Problem(string name)
    {
        if (name.Length is 0 or > MaxNameLength)
            return $"a name has 1 to {MaxNameLength} characters.";
        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsControl(name[i]))
                return "a name has no control characters.";
            if (char.IsHighSurrogate(name[i]) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1]))
                i++;
            else if (char.IsSurrogate(name[i]))
                return "a name has no half characters.";
        }

        return null;
    }

    private static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
