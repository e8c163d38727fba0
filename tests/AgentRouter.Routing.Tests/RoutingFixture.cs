using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Tasks;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Routing.Tests;

/// <summary>Two models, a clock, and a record of the events of a task.</summary>
internal sealed class RoutingFixture : IRunEventSink
{
    public static readonly ModelProfile Small = new() { Name = "small-1", Tier = "small", Prices = new ModelPrices(0.10m, 0.40m), MaxOutputTokens = 1_000 };

    public static readonly ModelProfile Large = new() { Name = "large-1", Tier = "large", Prices = new ModelPrices(2m, 8m), MaxOutputTokens = 1_000 };

    private readonly Lock _lock = new();
    private readonly List<RunEvent> _events = [];

    public FakeTimeProvider Clock { get; } = new();

    public StepRoutingOptions Options { get; } = new();

    public IReadOnlyList<RunEvent> Events
    {
        get
        {
            lock (_lock)
                return [.. _events];
        }
    }

    public StepRoutingChatClient Router(IChatClient small, IChatClient? large = null)
    {
        Options.TimeProvider = Clock;
        var models = new ModelSet(["small", "large"]);
        models.Add(Small, small);
        if (large is not null)
            models.Add(Large, large);
        return new StepRoutingChatClient(models, Options);
    }

    public TaskScope Begin(StepRoutingChatClient router, Budget? budget = null) =>
        router.BeginTask(budget ?? new Budget { Usd = 1m, OnExceeded = OnExceeded.Stop }, this, "run-1");

    public T Single<T>()
        where T : RunEvent => Events.OfType<T>().ShouldHaveSingleItem();

    public void Emit(RunEvent runEvent)
    {
        lock (_lock)
            _events.Add(runEvent);
    }

    /// <summary>Asks a client in one piece or as a stream, and puts the answer together.</summary>
    public static async Task<ChatResponse> AskAsync(IChatClient client, bool streaming, string prompt = "Do it.", ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] messages = [new(ChatRole.User, prompt)];
        return streaming
            ? await client.GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken)
            : await client.GetResponseAsync(messages, options, cancellationToken);
    }
}
