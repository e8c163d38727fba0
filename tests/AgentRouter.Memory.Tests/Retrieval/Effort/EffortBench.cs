using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Retrieval.Effort;
using AgentRouter.Memory.Tests.Embeddings;
using AgentRouter.Memory.Tests.Support;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Tests.Retrieval.Effort;

/// <summary>Two friends' conversations, and what a recall can be assisted by.</summary>
internal sealed class EffortBench : IAsyncDisposable
{
    public const string Easy = "What did Anna make for her mother?";
    public const string Hard = "Who did relocate abroad with the sibling?";

    public static readonly string Reading = """{"names": ["Rolf"], "periods": [{"first": "2026-05-20", "last": "2026-05-20"}], "phrases": ["moved to Lisbon"]}""";

    private readonly EmbeddingBench _memory = new();

    public GraphMemory Memory => _memory.Memory;

    public EmbeddingBench Embedding => _memory;

    public StepModel Model { get; } = new();

    public AssistedRecallOptions Options => new() { Client = Model };

    public static async Task<EffortBench> CreateAsync(bool embedded = false)
    {
        var bench = new EffortBench();
        await bench._memory.RememberAsync();
        if (embedded)
            await bench.Memory.EmbedAsync(Memories.Scope);
        bench._memory.Embedder.Calls.Clear();
        return bench;
    }

    public Task<AssistedRecallResult> AskAsync(string question, RecallEffort? effort = null, AssistedRecallOptions? options = null, int count = 3, int? tokens = null, CancellationToken cancellationToken = default) =>
        new AssistedRecall(Memory, options ?? Options).RecallAsync([Memories.Scope], new MemoryQuestion(question) { MaxItems = count, MaxTokens = tokens }, effort, cancellationToken);

    public async Task<(long, double)[]> PlainAsync(string question, int count = 3, int? tokens = null) =>
        [.. (await _memory.Plain.RecallAsync(Memories.Scope, new MemoryQuestion(question) { MaxItems = count, MaxTokens = tokens })).Items.Select(item => (item.Node.Id, item.Score))];

    public ValueTask DisposeAsync() => _memory.DisposeAsync();

    /// <summary>What a model is asked for.</summary>
    public enum Step
    {
        Read,
        Score,
        Sum,
    }

    /// <summary>A model that answers each kind of request as a test says.</summary>
    internal sealed class StepModel : IChatClient
    {
        private int _calls;

        public ConcurrentQueue<(Step Step, string System, string User)> Requests { get; } = [];

        public Func<Step, string, string> Answer { get; set; } = (step, user) => step switch
        {
            Step.Read => Reading,
            Step.Score => Scores(Enumerable.Range(1, Notes(user)).Select(note => (note, note == 2 ? 10 : 1))),
            _ => "Ben's sister moved to Lisbon [1].",
        };

        /// <summary>Gets or sets what happens before a call is answered, with its number from 1.</summary>
        public Action<int>? Before { get; set; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            ChatMessage[] sent = [.. messages];
            string system = sent[0].Text;
            Step step = system.StartsWith("You prepare", StringComparison.Ordinal) ? Step.Read : system.StartsWith("You judge", StringComparison.Ordinal) ? Step.Score : Step.Sum;
            Requests.Enqueue((step, system, sent[1].Text));
            Before?.Invoke(Interlocked.Increment(ref _calls));
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Answer(step, sent[1].Text))));
        }

        public static string Scores(IEnumerable<(int Note, int Score)> scores) => "{\"scores\": {" + string.Join(", ", scores.Select(each => $"\"{each.Note}\": {each.Score}")) + "}}";

        public static int Notes(string user) => user.Split('\n').Count(line => line.StartsWith('['));

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (ChatResponseUpdate update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
                yield return update;
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    /// <summary>A reranker that prefers texts with a word.</summary>
    internal sealed class WordReranker(string word) : IMemoryReranker
    {
        public Exception? Fails { get; set; }

        public Func<float, float> Score { get; set; } = score => score;

        public Task<IReadOnlyList<float>> ScoreAsync(string question, IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
            Fails is null ? Task.FromResult<IReadOnlyList<float>>([.. texts.Select(text => Score(text.Contains(word, StringComparison.Ordinal) ? 1 : 0))]) : throw Fails;
    }
}
