using AgentRouter.Configuration;
using AgentRouter.Failures;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Providers.Tests.Fakes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Providers.Tests.Embeddings;

/// <summary>Vectors of providers, through their real SDKs: what comes, and what can go wrong.</summary>
public sealed class RemoteEmbeddingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly string[] Texts = ["a skill", "another skill"];

    public static TheoryData<string> Kinds => ["openai", "ollama"];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Vectors_come_in_order_with_what_they_used(string kind)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.Embed(tokens: 11, [1, 2.5f, -3], [0, 0.25f, 1]);
        using IEmbeddingGenerator<string, Embedding<float>> generator = server.ConnectEmbeddings();

        GeneratedEmbeddings<Embedding<float>> vectors = await generator.GenerateAsync(Texts);

        vectors.Select(each => each.Vector.ToArray()).ShouldBe([[1, 2.5f, -3], [0, 0.25f, 1]]);
        vectors.Usage!.InputTokenCount.ShouldBe(11);
        server.Requests.Single()["model"]!.GetValue<string>().ShouldBe("fake-model");
        server.Requests.Single()["input"]!.AsArray().Select(text => text!.GetValue<string>()).ShouldBe(Texts);
        server.Headers.Single().Authorization.ToString().ShouldBe($"Bearer {FakeModelServer.Key}");
        generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId.ShouldBe("fake-model");
        generator.GetService<EmbeddingGeneratorMetadata>()!.ProviderName.ShouldBe("fake");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task As_many_numbers_are_asked_for_as_are_configured(string kind)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.Embed(tokens: 3, [1, 2]);
        using IEmbeddingGenerator<string, Embedding<float>> generator = server.ConnectEmbeddings(dimensions: 2);

        await generator.GenerateAsync(["a skill"]);

        server.Requests.Single()["dimensions"]!.GetValue<int>().ShouldBe(2);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Usage_that_is_not_reported_is_not_made_up(string kind)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.Embed(tokens: null, [1, 2]);
        using IEmbeddingGenerator<string, Embedding<float>> generator = server.ConnectEmbeddings();

        GeneratedEmbeddings<Embedding<float>> vectors = await generator.GenerateAsync(["a skill"]);

        (vectors.Usage?.InputTokenCount ?? 0).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Another_number_of_vectors_is_a_malformed_reply(string kind)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.Embed(tokens: 3, [1, 2]);

        (await FailAsync(server)).Message.ShouldContain("it gave 1 vectors for 2 texts");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Vectors_of_different_lengths_are_a_malformed_reply(string kind)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.Embed(tokens: 3, [1, 2], [1, 2, 3]);

        (await FailAsync(server)).Message.ShouldContain("a vector of 3 numbers where 2 were expected");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Vectors_of_another_length_than_was_asked_for_are_a_malformed_reply(string kind)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.Embed(tokens: 3, [1, 2], [3, 4]);

        (await FailAsync(server, dimensions: 3)).Message.ShouldContain("a vector of 2 numbers where 3 were expected");
    }

    [Theory, InlineData(float.NaN), InlineData(float.PositiveInfinity)]
    public async Task What_is_no_number_is_a_malformed_reply(float number)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync("openai");
        server.Embed(tokens: 3, [1, 2], [1, number]);

        ModelCallException failure = await FailAsync(server);

        failure.Failure.ShouldBe(FailureClass.MalformedReply);
        failure.MayHaveBeenBilled.ShouldBeTrue();
        failure.Message.ShouldBe("Embeddings 'e' (provider 'fake'): it gave a vector with something that is no finite number.");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task What_is_no_answer_is_a_malformed_reply(string kind)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.OnRequest = context => FakeModelServer.WriteAsync(context, 200, "application/json", "{\"data\": 7}");

        (await FailAsync(server)).Failure.ShouldBe(FailureClass.MalformedReply);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_throttled_call_tells_how_long_to_wait_and_is_not_repeated(string kind)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.Fail(429, server.Protocol.Error(429), retryAfter: "7");

        ModelCallException failure = await FailAsync(server);

        failure.Failure.ShouldBe(FailureClass.Throttled);
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        failure.MayHaveBeenBilled.ShouldBeFalse();
        server.Requests.Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_refused_key_is_named_and_never_shown(string kind)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.Fail(401, $$$"""{"error":{"message":"bad key {{{FakeModelServer.Key}}}"}}""");

        ModelCallException failure = await FailAsync(server);

        failure.Failure.ShouldBe(FailureClass.Authentication);
        failure.Message.ShouldContain("FAKE_KEY");
        failure.ToString().ShouldNotContain(FakeModelServer.Key);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_server_that_never_answers_times_out(string kind)
    {
        var time = new FakeTimeProvider();
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        Task arrived = Hang(server);
        using IEmbeddingGenerator<string, Embedding<float>> generator = server.ConnectEmbeddings(time, TimeSpan.FromSeconds(30));

        Task call = generator.GenerateAsync(Texts);
        await arrived.WaitAsync(Patience);
        time.Advance(TimeSpan.FromSeconds(30));
        ModelCallException failure = await Should.ThrowAsync<ModelCallException>(() => call.WaitAsync(Patience));

        failure.Failure.ShouldBe(FailureClass.Timeout);
        failure.Message.ShouldContain("30 seconds");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_caller_that_cancels_gets_a_cancellation(string kind)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        Task arrived = Hang(server);
        using IEmbeddingGenerator<string, Embedding<float>> generator = server.ConnectEmbeddings();
        using var cancel = new CancellationTokenSource();

        Task call = generator.GenerateAsync(Texts, cancellationToken: cancel.Token);
        await arrived.WaitAsync(Patience);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call.WaitAsync(Patience));
    }

    [Fact]
    public void A_kind_without_embeddings_and_a_missing_key_are_named()
    {
        var profile = new EmbeddingProfile { Name = "e", Provider = "p", ModelId = "m", Prices = ModelPrices.Free };

        Should.Throw<ConfigurationException>(() => Create(profile, "anthropic")).Message.ShouldBe("Embeddings 'e': provider 'p' is of kind anthropic, which serves no embeddings.");
        Should.Throw<ConfigurationException>(() => Create(profile, "openai")).Message.ShouldContain("Embeddings 'e' needs the key of provider 'p'");
        Should.Throw<ConfigurationException>(() => Create(profile with { Provider = "q" }, "openai")).Message.ShouldContain("is served by provider 'q', which is not configured");
        Should.Throw<ConfigurationException>(() => Create(profile with { Provider = null, Onnx = "/models/a" }, "openai")).Message.ShouldContain("ONNX");
    }

    private static IEmbeddingGenerator<string, Embedding<float>> Create(EmbeddingProfile profile, string kind) => EmbeddingGeneratorFactory.Create(
        profile, new RouterConfiguration { Providers = new Dictionary<string, ProviderSettings> { ["p"] = new() { Name = "p", Kind = kind } } }, new FakeSecrets([]));

    private static async Task<ModelCallException> FailAsync(FakeModelServer server, int? dimensions = null)
    {
        using IEmbeddingGenerator<string, Embedding<float>> generator = server.ConnectEmbeddings(dimensions: dimensions);
        return await Should.ThrowAsync<ModelCallException>(() => generator.GenerateAsync(Texts));
    }

    private static Task Hang(FakeModelServer server)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.OnRequest = async context =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        };
        return arrived.Task;
    }
}
