using System.Runtime.CompilerServices;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Tests.Support;
using AgentRouter.Memory.Use;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Memory.Tests.Use;

/// <summary>A memory without files, with a clock that stands still.</summary>
internal sealed class UseBench : IAsyncDisposable
{
    public static readonly MemoryScope Shop = MemoryScope.Parse("project:shop");
    public static readonly MemoryScope Anna = MemoryScope.Parse("user:anna");
    public static readonly DateTimeOffset Start = new(2026, 5, 8, 10, 30, 0, TimeSpan.Zero);

    private readonly InMemoryStore _store = new();

    public UseBench() => Memory = new GraphMemory(_store, Clock);

    public FakeTimeProvider Clock { get; } = new(Start);

    public GraphMemory Memory { get; }

    public InMemoryStore Store => _store;

    public static MemoryUseOptions ReadsAndWrites(MemoryScope scope) => new() { Read = [scope], Write = scope };

    /// <summary>Writes a conversation.</summary>
    public Task<ImportResult> SaidAsync(MemoryScope scope, string key, params (string Speaker, string Text)[] turns) =>
        Memory.ImportAsync(scope, new MemorySource { Key = key, Time = Start, Items = [.. turns.Select(turn => new MemoryItem { Speaker = turn.Speaker, Text = turn.Text })] });

    /// <summary>Writes what three people said about a trip.</summary>
    public Task<ImportResult> TripAsync(MemoryScope scope) => SaidAsync(scope, "chat/may",
        ("Anna", "My flight to Lisbon leaves on Friday at noon."),
        ("Ben", "I will feed the cat while you are away."),
        ("Anna", "The cat eats salmon only, never tuna."));

    public Task<MemorySession> BeginAsync(string task, MemoryUseOptions options) => MemorySession.BeginAsync(Memory, task, options);

    public async Task<string[]> TextsAsync(MemoryScope scope, string about) =>
        [.. (await Memory.RecallAsync(scope, new MemoryQuestion(about) { MaxItems = 50 })).Items.Select(item => item.Node.Text)];

    public ValueTask DisposeAsync() => Memory.DisposeAsync();

    /// <summary>A model that answers as a test says, and remembers what it was asked.</summary>
    internal sealed class Model(Func<IReadOnlyList<ChatMessage>, ChatOptions?, ChatMessage> answer) : IChatClient
    {
        public Model(params string[] answers)
            : this(Turns(answers))
        {
        }

        public List<IReadOnlyList<ChatMessage>> Requests { get; } = [];

        public List<string[]> Tools { get; } = [];

        public string LastRequest => Requests[^1].Last(message => message.Role == ChatRole.User).Text;

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Requests.Add([.. messages]);
            Tools.Add([.. options?.Tools?.Select(tool => tool.Name) ?? []]);
            return Task.FromResult(new ChatResponse(answer(Requests[^1], options)));
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (ChatResponseUpdate update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
                yield return update;
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }

        private static Func<IReadOnlyList<ChatMessage>, ChatOptions?, ChatMessage> Turns(string[] answers)
        {
            int next = -1;
            return (_, _) => new ChatMessage(ChatRole.Assistant, answers[Math.Min(++next, answers.Length - 1)]);
        }
    }
}
