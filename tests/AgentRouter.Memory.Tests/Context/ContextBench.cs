using AgentRouter.Budgets;
using AgentRouter.Memory.Context;
using AgentRouter.Memory.Tests.Use;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Tests.Context;

/// <summary>An agent that looks at one page after another until it has seen them all, with a limit before its model.</summary>
internal sealed class ContextBench : IAsyncDisposable
{
    public const string Task = "Read all pages and say what the code of the lighthouse is.";

    public static readonly MemoryScope Scope = MemoryScope.Parse("workflow:run-1");

    private readonly UseBench _memory = new();
    private int _looked;

    public ContextBench() => Model = new UseBench.Model(Answer);

    public UseBench.Model Model { get; }

    public GraphMemory Memory => _memory.Memory;

    public List<ContextCompaction> Compactions { get; } = [];

    /// <summary>Gets what the model was asked by the agent itself, in order.</summary>
    public IReadOnlyList<IReadOnlyList<ChatMessage>> Requests => [.. Model.Requests.Where(request => !IsSummary(request))];

    /// <summary>Gets what the model was asked to sum up.</summary>
    public IReadOnlyList<IReadOnlyList<ChatMessage>> Summaries => [.. Model.Requests.Where(IsSummary)];

    public int Pages { get; init; } = 30;

    public Func<int, string> Page { get; init; } = page => page == 3 ? "The code of the lighthouse is 4711." : $"Page {page} tells of the weather at sea. " + string.Join(' ', Enumerable.Repeat($"wave {page}", 40));

    public Func<string> Summary { get; init; } = () => "Pages were read. The code of the lighthouse is 4711.";

    public Func<int, string> Says { get; init; } = _ => "";

    public ContextLimitOptions Options(ContextStrategy strategy, long tokens = 1_500) => new()
    {
        Tokens = tokens,
        Strategy = strategy,
        Memory = Memory,
        Scope = Scope,
        Compacted = Compactions.Add,
    };

    public IChatClient Client(ContextLimitOptions options) => new ChatClientBuilder(Model).UseFunctionInvocation(configure: loop => loop.MaximumIterationsPerRequest = 1_000).UseContextLimit(options).Build();

    public Task<string> RunAsync(ContextStrategy strategy, bool streamed = false) => RunAsync(Options(strategy), streamed);

    public async Task<string> RunAsync(ContextLimitOptions options, bool streamed = false, CancellationToken cancellationToken = default)
    {
        using IChatClient client = Client(options);
        List<ChatMessage> messages = [new(ChatRole.System, "You read."), new(ChatRole.User, Task)];
        ChatOptions asked = new ChatOptions { Tools = [AIFunctionFactory.Create((int page) => Page(page), "look")] }.WithStep(new StepIdentity("run-1", "test", "read", "reader", "executor") { AllowedTiers = ["small"] });
        return streamed
            ? (await client.GetStreamingResponseAsync(messages, asked, cancellationToken).ToChatResponseAsync(cancellationToken)).Messages[^1].Text
            : (await client.GetResponseAsync(messages, asked, cancellationToken)).Messages[^1].Text;
    }

    public static bool IsSummary(IReadOnlyList<ChatMessage> request) => request[0].Text.StartsWith("You sum up", StringComparison.Ordinal);

    public static string TextOf(IReadOnlyList<ChatMessage> request) =>
        string.Join('\n', request.SelectMany(message => message.Contents).Select(content => content switch
        {
            TextContent text => text.Text,
            FunctionResultContent result => ToolResultCut.TextOf(result),
            _ => "",
        }));

    public ValueTask DisposeAsync() => _memory.DisposeAsync();

    private ChatMessage Answer(IReadOnlyList<ChatMessage> request, ChatOptions? options)
    {
        if (IsSummary(request))
            return new ChatMessage(ChatRole.Assistant, Summary());
        int page = ++_looked;
        return page <= Pages
            ? new ChatMessage(ChatRole.Assistant, [new TextContent(Says(page)), new FunctionCallContent($"call-{page}", "look", new Dictionary<string, object?> { ["page"] = page })])
            : new ChatMessage(ChatRole.Assistant, TextOf(request).Contains("4711", StringComparison.Ordinal) ? "It is 4711." : "I do not know.");
    }

    /// <summary>Refuses what an exhausted budget refuses.</summary>
    public static BudgetExceededException Refused() => new(new BudgetRefusal(BudgetDimension.Calls, 1, 1, 0, 1), OnExceeded.Stop);
}
