using System.Text.Json.Nodes;

namespace AgentRouter.Providers.Tests.Fakes;

/// <summary>How a provider writes answers and errors on the wire.</summary>
public abstract class FakeProtocol
{
    public abstract string Kind { get; }

    public abstract string Path { get; }

    /// <summary>Gets where embeddings are asked for, or <see langword="null"/> where there are none.</summary>
    public virtual string? EmbeddingPath => null;

    public abstract string StreamType { get; }

    public abstract JsonNode Whole(FakeAnswer answer);

    /// <summary>The text of a stream, event by event; ends without its last events when the answer breaks.</summary>
    public abstract IEnumerable<string> Stream(FakeAnswer answer);

    /// <summary>Writes vectors; <paramref name="tokens"/> is <see langword="null"/> where no usage is reported.</summary>
    public virtual string Embeddings(IReadOnlyList<float[]> vectors, int? tokens) => throw new NotSupportedException();

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
