using AgentRouter.Budgets;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing;
using AgentRouter.Routing.Policies.Threshold;
using AgentRouter.Routing.Tasks;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;

namespace AgentRouter.Bench;

/// <summary>One LLM call over a client that answers at once: bare, through Microsoft.Extensions.AI's own router, and through ours
/// with a policy, the worst case held and the answer settled under an enforced budget.</summary>
[MemoryDiagnoser]
public class RoutedCallBenchmark
{
    private const int Calls = 1_000;

    private readonly List<ChatMessage> _messages = [new(ChatRole.System, "You are a helpful agent."), new(ChatRole.User, "Say that you are done.")];
    private readonly ChatOptions _options = new() { MaxOutputTokens = 100 };
    private IChatClient _bare = null!;
    private IChatClient _meai = null!;
    private StepRoutingChatClient _ours = null!;
    private Budget _budget = null!;

    [GlobalSetup]
    public void Setup()
    {
        _bare = new AnsweringClient();
        _meai = RoutingChatClient.Create((_, _) => ValueTask.FromResult(_bare));
        ModelSet models = new ModelSet()
            .Add(Profile("small", 0.10m, 0.40m), new AnsweringClient())
            .Add(Profile("large", 2.00m, 8.00m), new AnsweringClient());
        var options = new StepRoutingOptions();
        options.UseThreshold();
        _ours = new StepRoutingChatClient(models, options);
        _budget = new Budget { Usd = 1_000_000m, Calls = long.MaxValue / 2 };
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _ours.Dispose();
        _bare.Dispose();
    }

    /// <summary>The client alone.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public Task Bare() => CallAsync(_bare);

    /// <summary>Microsoft.Extensions.AI's RoutingChatClient: picks a client, no budget.</summary>
    [Benchmark(OperationsPerInvoke = Calls)]
    public Task MicrosoftExtensionsAIRouter() => CallAsync(_meai);

    /// <summary>Ours: features, gates, expected costs, policy, reservation, output limit, settlement.</summary>
    [Benchmark(OperationsPerInvoke = Calls)]
    public async Task StepRouter()
    {
        using TaskScope task = _ours.BeginTask(_budget);
        await CallAsync(_ours).ConfigureAwait(false);
    }

    private async Task CallAsync(IChatClient client)
    {
        for (int i = 0; i < Calls; i++)
            await client.GetResponseAsync(_messages, _options).ConfigureAwait(false);
    }

    private static ModelProfile Profile(string tier, decimal input, decimal output) =>
        new() { Name = tier, Tier = tier, Prices = new ModelPrices(input, output) };
}
