using AgentRouter.Memory.Context;
using AgentRouter.Memory.Tests.Use;
using AgentRouter.Memory.Use;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Tests.Context;

public sealed class ContextChoiceTests : IAsyncDisposable
{
    private static readonly ContextTokens Tokens = new(AgentRouter.Tokens.ByteBoundTokenCounter.Instance);

    private readonly UseBench _bench = new();

    [Fact]
    public void What_tools_said_is_recalled() =>
        Choose(Tool(9_000), Says(1_000), share: 0.01).ShouldBe((ContextStrategy.Recall, "90 % of what is left out is what tools said, which can be found again"));

    [Fact]
    public void What_the_agent_said_is_summed_up_where_that_is_cheap() =>
        Choose(Tool(1_000), Says(9_000), share: 0.01).ShouldBe((ContextStrategy.Summarize, "10 % of what is left out is what tools said; a summary costs at most 1.0 % of what is left of the budget"));

    [Fact]
    public void What_the_agent_said_is_recalled_where_a_summary_is_dear() =>
        Choose(Tool(1_000), Says(9_000), share: 0.2).ShouldBe((ContextStrategy.Recall, "10 % of what is left out is what tools said; a summary costs at most 20.0 % of what is left of the budget, and a search costs nothing"));

    [Fact]
    public void Without_a_memory_a_dear_summary_is_not_made() =>
        Choose(Tool(9_000), Says(1_000), share: 0.2, hasMemory: false).Strategy.ShouldBe(ContextStrategy.KeepLast);

    [Fact]
    public void Without_a_memory_what_tools_said_is_summed_up_where_that_is_cheap() =>
        Choose(Tool(9_000), Says(1_000), share: null, hasMemory: false).ShouldBe((ContextStrategy.Summarize, "90 % of what is left out is what tools said; nothing limits what a summary may cost"));

    [Fact]
    public void Little_is_not_summed_up() =>
        Choose(Tool(10), Says(300), share: 0.01, hasMemory: false).Reason.ShouldEndWith("; it is too little for a summary to save anything, and there is no memory to find it in again");

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private (ContextStrategy Strategy, string Reason) Choose(ChatMessage first, ChatMessage second, double? share, bool hasMemory = true)
    {
        var options = new ContextLimitOptions { Tokens = 2_000, Memory = hasMemory ? _bench.Memory : null, Scope = UseBench.Shop };
        var choice = ContextChoice.Of(options, new Host(share, hasMemory), Tokens, [first, second]);
        return (choice.Strategy, choice.Reason);
    }

    private static ChatMessage Tool(int length) => new(ChatRole.Tool, [new FunctionResultContent("a", new string('x', length))]);

    private static ChatMessage Says(int length) => new(ChatRole.Assistant, new string('x', length));

    private sealed class Host(double? share, bool hasMemory) : IContextHost
    {
        public ContextStrategy? Decided => null;

        public bool CanRecall => hasMemory;

        public bool? IsSummaryNext => null;

        public bool MayTry(AIFunction function) => false;

        public ValueTask<object?> CallAsync(AIFunction function, AIFunctionArguments arguments, CancellationToken cancellationToken) => throw new NotSupportedException();

        public double? SummaryShare(long promptTokens, int outputTokens) => share;

        public ValueTask<IReadOnlyList<MemoryNote>> RecallAsync(string question, Func<CancellationToken, Task<IReadOnlyList<MemoryNote>>> search, CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Compacted(ContextCompaction compaction) => throw new NotSupportedException();
    }
}
