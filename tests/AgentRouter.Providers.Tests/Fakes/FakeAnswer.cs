namespace AgentRouter.Providers.Tests.Fakes;

/// <summary>An answer of a fake provider, before it is written in a protocol.</summary>
public sealed record FakeAnswer
{
    public string Text { get; init; } = "";

    /// <summary>Gets the calls: tool name and arguments as JSON.</summary>
    public IReadOnlyList<(string Tool, string Arguments)> Calls { get; init; } = [];

    /// <summary>Gets all prompt tokens, those in the cache included.</summary>
    public int Prompt { get; init; } = 100;

    public int CachedRead { get; init; }

    public int CacheWrite { get; init; }

    public int Output { get; init; } = 7;

    /// <summary>Gets the finish reason in the words of OpenAI: stop, length, tool_calls, content_filter.</summary>
    public string Finish => _finish ?? (Calls.Count > 0 ? "tool_calls" : "stop");

    private readonly string? _finish;

    public string? FinishAs
    {
        get => _finish;
        init => _finish = value;
    }

    /// <summary>Gets the number of pieces of text after which a streamed answer breaks off; <see langword="null"/> does not break.</summary>
    public int? BreakAfter { get; init; }

    public IEnumerable<string> Pieces => Text.Chunk(5).Select(piece => new string(piece));
}
