using AgentRouter.Events;
using AgentRouter.Memory;
using AgentRouter.Memory.Embeddings;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Storage.Sqlite;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Nodes.Agent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Workflows.Tests.Engine.Memories;

/// <summary>A memory in a folder, and agents that use it.</summary>
internal sealed class MemoryBench : IAsyncDisposable
{
    public const string Task = "What does the cat eat?";

    public static readonly MemoryScope Shop = MemoryScope.Parse("project:shop");

    private readonly SqliteMemoryStore _store;

    /// <param name="embeddings">What makes vectors of questions, or <see langword="null"/>.</param>
    public MemoryBench(MemoryEmbeddings? embeddings = null)
    {
        _store = new SqliteMemoryStore(Folder);
        Memory = new GraphMemory(_store, new FakeTimeProvider(Bench.Start), embeddings);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("agentrouter-memory-").FullName;

    public GraphMemory Memory { get; }

    public SqliteMemoryStore Store => _store;

    public static async Task<MemoryBench> OfCatAsync()
    {
        var bench = new MemoryBench();
        await bench.SaidAsync(Shop, "chat/may", ("Anna", "The cat eats salmon only, never tuna."), ("Ben", "My flight to Lisbon leaves on Friday."));
        return bench;
    }

    public Task<ImportResult> SaidAsync(MemoryScope scope, string key, params (string Speaker, string Text)[] turns) =>
        Memory.ImportAsync(scope, new MemorySource { Key = key, Time = Bench.Start, Items = [.. turns.Select(turn => new MemoryItem { Speaker = turn.Speaker, Text = turn.Text })] });

    public async Task<string[]> TextsAsync(string scope, string about) =>
        [.. (await Memory.RecallAsync(MemoryScope.Parse(scope), new MemoryQuestion(about) { MaxItems = 50 })).Items.Select(item => item.Node.Text)];

    /// <summary>A node whose agent has a memory.</summary>
    public static AgentNode Node(MemoryDefinition? memory, string name = "work", string? to = "done", string task = Task) =>
        Bench.Agent(name, to, Bench.Def("coder") with { Memory = memory, MaxCalls = 8 }) with { Prompt = Bench.Text(task) };

    /// <summary>A model that makes these calls in turn and then answers with what it was told last.</summary>
    public static FakeModel Calling(params (string Function, (string Name, object? Value)[] Arguments)[] calls) => new((messages, _) =>
    {
        string[] results = [.. messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Select(result => result.Result!.ToString()!)];
        if (results.Length == calls.Length)
            return FakeModel.Text(results.Length == 0 ? "good" : results[^1]);
        (string function, (string Name, object? Value)[] arguments) = calls[results.Length];
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent($"call-{results.Length + 1}", function, arguments.ToDictionary(argument => argument.Name, argument => argument.Value))]))
        {
            Usage = FakeModel.Usage(10, 5),
            FinishReason = ChatFinishReason.ToolCalls,
        };
    });

    public static string[] Keys(IEnumerable<RunEvent> events) => [.. events.OfType<MemoryRecalled>().SelectMany(recalled => recalled.Notes).Select(note => note.Key)];

    public async ValueTask DisposeAsync()
    {
        await Memory.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
