using System.Text.Json.Nodes;

namespace AgentRouter.Providers.Tests.Fakes;

/// <summary>How a provider writes answers and errors on the wire.</summary>
public abstract class FakeProtocol
{
    public abstract string Kind { get; }

    public abstract string Path { get; }

    public abstract string StreamType { get; }

    public abstract JsonNode Whole(FakeAnswer answer);

    /// <summary>The text of a stream, event by event; ends without its last events when the answer breaks.</summary>
    public abstract IEnumerable<string> Stream(FakeAnswer answer);

    public abstract string Error(int status);

    public abstract string ContextTooLong { get; }

    public abstract string? ContentFiltered { get; }

    public static FakeProtocol Of(string kind) => kind switch
    {
        "openai" => new FakeOpenAI(),
        "anthropic" => new FakeAnthropic(),
        _ => new FakeOllama(),
    };
}
