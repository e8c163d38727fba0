using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Providers.Tests.Fakes;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Tests;

/// <summary>What the real SDKs' clients send and return, against servers that speak the protocols.</summary>
public sealed class RemoteProviderTests
{
    public static TheoryData<string, bool> Paths => ProviderTestCases.All;

    [Theory, MemberData(nameof(Paths))]
    public async Task A_question_is_answered_with_text_usage_and_finish_reason(string kind, bool streaming)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.Answer(new FakeAnswer { Text = "Hello from the other side.", Prompt = 120, Output = 9 });
        using ModelSet models = server.Connect();

        ChatResponse response = await FakeModelServer.AskAsync(models, streaming);

        response.Text.ShouldBe("Hello from the other side.");
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        response.ModelId.ShouldBe("fake-model");
        TokenUsage.FromDetails(response.Usage).ShouldBe(new TokenUsage(120, 0, 0, 9));
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task Tool_calls_arrive_whole(string kind, bool streaming)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.Answer(new FakeAnswer { Text = "Let me look.", Calls = [("workspace_read", """{"path":"src/Cart.cs","lines":3}"""), ("workspace_list", "{}")] });
        using ModelSet models = server.Connect();

        ChatResponse response = await FakeModelServer.AskAsync(models, streaming, new ChatOptions { Tools = [AIFunctionFactory.Create((string path) => path, "workspace_read")] });

        response.Text.ShouldBe("Let me look.");
        FunctionCallContent[] calls = [.. response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()];
        calls.Select(call => call.Name).ShouldBe(["workspace_read", "workspace_list"]);
        JsonSerializer.Serialize(calls[0].Arguments).ShouldBe("""{"path":"src/Cart.cs","lines":3}""");
        calls.Select(call => call.CallId).Distinct().Count().ShouldBe(2);
        server.Requests.Single()["tools"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory, InlineData("openai", false), InlineData("openai", true), InlineData("anthropic", false), InlineData("anthropic", true)]
    public async Task Cached_tokens_are_reported_in_their_buckets(string kind, bool streaming)
    {
        int written = kind == "anthropic" ? 500 : 0;
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.Answer(new FakeAnswer { Text = "x", Prompt = 3_000, CachedRead = 1_000, CacheWrite = written, Output = 42 });
        using ModelSet models = server.Connect();

        ChatResponse response = await FakeModelServer.AskAsync(models, streaming);

        response.Usage!.InputTokenCount.ShouldBe(3_000);
        TokenUsage.FromDetails(response.Usage).ShouldBe(new TokenUsage(2_000 - written, 1_000, written, 42));
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task The_request_names_the_model_the_limit_and_nothing_of_ours(string kind, bool streaming)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        using ModelSet models = server.Connect(maxOutputTokens: 500);
        ChatOptions options = new ChatOptions { ModelId = "m", MaxOutputTokens = 300 }.WithStep(new StepIdentity("run-secret"));

        await FakeModelServer.AskAsync(models, streaming, options);
        await FakeModelServer.AskAsync(models, streaming, new ChatOptions { MaxOutputTokens = 9_000 });
        await FakeModelServer.AskAsync(models, streaming);

        JsonNode[] requests = [.. server.Requests];
        requests.ShouldAllBe(request => (string?)request["model"] == "fake-model");
        requests.Select(request => (int)(kind == "ollama" ? request["options"]!["num_predict"]! : request["max_tokens"]!)).ShouldBe([300, 500, 500]);
        requests.ShouldAllBe(request => request["max_completion_tokens"] == null);
        requests.ShouldAllBe(request => !request.ToJsonString(null).Contains("run-secret"));
        server.Headers.ShouldAllBe(headers => headers.Authorization == "Bearer " + FakeModelServer.Key);
        options.ModelId.ShouldBe("m", "the caller's options are not changed");
        options.MaxOutputTokens.ShouldBe(300);
        if (kind == "openai" && streaming)
            requests.ShouldAllBe(request => (bool)request["stream_options"]!["include_usage"]!);
        if (kind == "ollama")
            requests.ShouldAllBe(request => (int)request["options"]!["num_ctx"]! == 128_000);
    }

    [Theory, InlineData(true, true, true), InlineData(true, false, false), InlineData(false, true, false)]
    public async Task Anthropic_is_asked_to_cache_a_prompt_that_will_come_again(bool tools, bool caches, bool asked)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync("anthropic");
        using ModelSet models = server.Connect(cacheTimeToLive: caches ? TimeSpan.FromMinutes(5) : TimeSpan.Zero);
        var options = new ChatOptions { MaxOutputTokens = 77, Temperature = 0.5f, Tools = tools ? [AIFunctionFactory.Create(() => 1, "one")] : null };

        await FakeModelServer.AskAsync(models, false, options);

        JsonNode request = server.Requests.Single();
        (request["cache_control"] is not null).ShouldBe(asked);
        ((int)request["max_tokens"]!).ShouldBe(77);
        request["messages"]!.AsArray().Count.ShouldBe(1);
        ((string?)request["system"]![0]!["text"]).ShouldBe("You are a test.");
        (request["tools"]?.AsArray().Count ?? 0).ShouldBe(tools ? 1 : 0);
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task A_conversation_with_tool_results_is_sent(string kind, bool streaming)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        using ModelSet models = server.Connect();
        List<ChatMessage> messages =
        [
            new(ChatRole.User, "Fix it."),
            new(ChatRole.Assistant, [new FunctionCallContent("call-1", "read", new Dictionary<string, object?> { ["path"] = "a.cs" })]),
            new(ChatRole.Tool, [new FunctionResultContent("call-1", "class A;")]),
        ];

        ChatResponse response = streaming
            ? await models.GetStreamingResponseAsync(messages).ToChatResponseAsync()
            : await models.GetResponseAsync(messages);

        response.Text.ShouldBe("Hello from the fake.");
        string sent = server.Requests.Single().ToJsonString();
        sent.ShouldContain("class A;");
        sent.ShouldContain("a.cs");
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task An_answer_that_hit_the_limit_says_so(string kind, bool streaming)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.Answer(new FakeAnswer { Text = "cut of", FinishAs = "length" });
        using ModelSet models = server.Connect();

        (await FakeModelServer.AskAsync(models, streaming)).FinishReason.ShouldBe(ChatFinishReason.Length);
    }

    [Theory, InlineData("openai"), InlineData("anthropic"), InlineData("ollama")]
    public async Task A_server_on_this_machine_needs_no_key(string kind)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        using ModelSet models = server.Connect(key: null);

        (await FakeModelServer.AskAsync(models, false)).Text.ShouldBe("Hello from the fake.");
    }

    [Fact]
    public async Task Two_calls_at_once_do_not_mix()
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync("openai");
        using ModelSet models = server.Connect();

        ChatResponse[] responses = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => FakeModelServer.AskAsync(models, i % 2 == 0)));

        responses.ShouldAllBe(response => response.Text == "Hello from the fake.");
        server.Requests.Count.ShouldBe(16);
    }
}
