using AgentRouter.Events;
using AgentRouter.Memory.Context;
using AgentRouter.Memory.Use;
using AgentRouter.Steps;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Nodes.Parallel;
using AgentRouter.Workflows.Tests.Engine.Memories;
using AgentRouter.Workflows.Tests.Journal;
using Microsoft.Extensions.AI;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Engine.Contexts;

/// <summary>An agent that reads one page after another and has little room for them; its process may die.</summary>
internal sealed class ContextWorld : IAsyncDisposable
{
    public const string Run = "run-1";

    private readonly MemoryBench _memory = new();

    public ContextWorld(ContextStrategy strategy, int pages = 16, string agentRole = "executor", bool parallel = false, int? lookAhead = null, string agentName = "reader", bool learns = false, int visits = 1)
    {
        var model = new FakeModel((messages, options) =>
        {
            string text = TextOf(messages);
            lock (Prompts)
                Prompts.Add(text);
            if (options.GetStep()?.Role == "summarizer" && messages[0].Text.StartsWith("You sum up", StringComparison.Ordinal))
                return Summary is { } summary ? FakeModel.Text(summary, 200, 20) : throw new InvalidOperationException("no summary today");
            if (FactModel.IsLearning(messages))
                return FakeModel.Text(FactModel.Salmon, 200, 20);
            if (options.GetStep()?.Role == "checker")
                return FakeModel.Text(Choice, 200, 1);
            // it knows by the last result which page it has read, as a model would
            string last = messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().LastOrDefault()?.Result?.ToString() ?? "page 0:";
            int page = int.Parse(last.Split(' ', ':')[1], System.Globalization.CultureInfo.InvariantCulture) + 1;
            return page > pages
                ? FakeModel.Text(text.Contains("4711", StringComparison.Ordinal) ? "It is 4711." : "I do not know.", 200, 10)
                : new ChatResponse(new ChatMessage(ChatRole.Assistant, [new TextContent(Thought), new FunctionCallContent($"call-{page}", "book_page", new Dictionary<string, object?> { ["page"] = page })]))
                {
                    Usage = FakeModel.Usage(200, 10),
                    FinishReason = ChatFinishReason.ToolCalls,
                };
        })
        { SeesIdentity = true };
        Bench = new Bench(model) { Store = Store, Memory = _memory.Memory };
        Bench.Tools.Add(new FakeTools("book").Add("page", Look, isIdempotent: true, isReadOnly: true));
        AgentDefinition agent = Def(agentName) with
        {
            Role = agentRole,
            Tools = ["book.page"],
            MaxCalls = 100,
            Context = new ContextDefinition { Tokens = 900, Strategy = strategy, LookAhead = lookAhead },
            Memory = learns ? MemoryDefinition.Of("project:shop") with { Tools = false, TopK = 0, Remembers = MemoryRemembers.Facts } : null,
        };
        Workflow = parallel
            ? Tests.Engine.Bench.Workflow(new ParallelNode { Name = "both", Branches = [Node("one", agent, null), Node("two", agent, null)], Next = To("done") }, Done(answer: "{{ both.one }} {{ both.two }}"))
            : visits == 1 ? Tests.Engine.Bench.Workflow(Node("read", agent, "done"), Done(answer: "{{ read }}"))
            : Tests.Engine.Bench.Workflow(Node("read", agent, "again"), Branch("again", ($"visits('read') < {visits}", "read"), (null, "done")), Done(answer: "{{ read }}"));
    }

    /// <summary>Gets which pages were looked at, by this process and the one before.</summary>
    public List<int> Looked { get; } = [];

    /// <summary>Gets or sets what is answered when branches are compared.</summary>
    public string Choice { get; set; } = "2";

    public WorkflowDefinition Workflow { get; set; }

    public Bench Bench { get; }

    public MortalStore Store { get; } = new();

    public MemoryBench Memory => _memory;

    public List<string> Prompts { get; } = [];

    public string? Summary { get; set; } = "The code is 4711.";

    public string Thought { get; init; } = "";

    public IReadOnlyList<RunEvent> Events => Store.Events(Run);

    public ContextCompacted[] Compactions => [.. Events.OfType<ContextCompacted>()];

    public async Task<RunResult> RunAsync(int diesAfter = int.MaxValue)
    {
        Store.DiesAfter = diesAfter;
        return await Bench.Engine().Start(Workflow, new RunRequest { RunId = Run, Budget = Bench.Budget, StreamEvents = false }).Completion;
    }

    public async Task<RunResult> ResumeAsync()
    {
        Store.Revive();
        return await (await Bench.Engine().ResumeAsync(Workflow, Run, streamEvents: false)).Completion;
    }

    public ValueTask DisposeAsync() => _memory.DisposeAsync();

    private string Look(int page)
    {
        lock (Looked)
            Looked.Add(page);
        return page == 3 ? "page 3: the code of the lighthouse is 4711." : $"page {page}: " + string.Join(' ', Enumerable.Repeat($"wave {page}", 30));
    }

    private static AgentNode Node(string name, AgentDefinition agent, string? to) => Agent(name, to, agent) with { Prompt = Text("What is the code of the lighthouse?") };

    private static string TextOf(IReadOnlyList<ChatMessage> messages) => string.Join('\n', messages.SelectMany(message => message.Contents).Select(content => content switch
    {
        TextContent text => text.Text,
        FunctionResultContent result => result.Result?.ToString() ?? "",
        FunctionCallContent call => call.Name,
        _ => "",
    }));
}
