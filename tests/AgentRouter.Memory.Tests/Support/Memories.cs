using AgentRouter.Memory.Ingestion;

namespace AgentRouter.Memory.Tests.Support;

/// <summary>Small things to remember.</summary>
internal static class Memories
{
    public static readonly MemoryScope Scope = new(MemoryScopeKind.User, "anna");

    public static MemorySource Conversation(string key, string day, params string[] turns) => new()
    {
        Key = key,
        Time = DateTimeOffset.Parse(day + "T10:00:00Z", System.Globalization.CultureInfo.InvariantCulture),
        Items = [.. turns.Select(turn => turn.Split(": ", 2)).Select(parts => new MemoryItem { Speaker = parts[0], Text = parts[1] })],
    };

    public static MemorySource Passage(string key, string text, string? title = null) => new() { Key = key, Title = title, Items = [new MemoryItem { Text = text, Title = title }] };

    /// <summary>Two friends, over a month.</summary>
    public static IReadOnlyList<MemorySource> Friends { get; } =
    [
        Conversation("chat/1", "2026-05-08",
            "Anna: Hi Ben! How was your week?", "Ben: Busy. My sister moved to Lisbon.", "Anna: Oh nice. What does she do there?", "Ben: She restores old tiles.", "Anna: I went to a pottery class yesterday."),
        Conversation("chat/2", "2026-05-20",
            "Ben: Did you keep up the pottery?", "Anna: Yes! I made a blue bowl for my mother.", "Ben: What else are you up to?", "Anna: I signed up for a marathon in October.", "Ben: I adopted a puppy, he is called Rolf."),
        Conversation("chat/3", "2026-06-02",
            "Anna: The weather is awful.", "Ben: Same here. Rolf hates the rain.", "Anna: My mother loved her present.", "Ben: Which one?", "Anna: The bowl, of course."),
    ];

    /// <summary>Passages that lead from one to the next.</summary>
    public static IReadOnlyList<MemorySource> Wiki { get; } =
    [
        Passage("w1", "The Glass Tower is a film of 1957 directed by Harald Braun. It was shot in Hamburg.", "The Glass Tower"),
        Passage("w2", "Harald Braun was a German director. He was born in Berlin and died in Xanten.", "Harald Braun"),
        Passage("w3", "Xanten is a town on the Rhine with a Roman past.", "Xanten"),
        Passage("w4", "The Iron Bridge is a film about a bridge.", "The Iron Bridge"),
        Passage("w5", "Cooking rice takes twenty minutes.", "Rice"),
    ];
}
