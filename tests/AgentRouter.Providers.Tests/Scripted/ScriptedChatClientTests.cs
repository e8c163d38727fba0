using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Configuration;
using AgentRouter.Failures;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Providers.Scripted;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Providers.Tests.Scripted;

public sealed class ScriptedChatClientTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_first_reply_whose_conditions_all_hold_is_given(bool streaming)
    {
        Script script = Script.Parse("""
            script: s
            replies:
              - { when: { tier: large }, say: large }
              - { when: { tier: small, role: [planner, executor], visit: 2 }, say: second visit }
              - { when: { role: executor, node: code, agent: coder, workflow: w, model: m }, say: first visit }
              - { say: anything }
            """);

        (await Ask(script, streaming, options: Step("executor", 2))).Text.ShouldBe("second visit");
        (await Ask(script, streaming, options: Step("executor", 1))).Text.ShouldBe("first visit");
        (await Ask(script, streaming, options: Step("reviewer", 2))).Text.ShouldBe("anything");
        (await Ask(script, streaming, options: null)).Text.ShouldBe("anything");
        (await Ask(script, streaming, options: null, tier: "large")).Text.ShouldBe("large");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_tool_call_arrives_with_typed_arguments_and_the_next_call_sees_its_result(bool streaming)
    {
        Script script = Script.Parse("""
            script: s
            replies:
              - when: { call: 1 }
                say: Let me look.
                call:
                  - { tool: workspace_read, arguments: { path: src/Cart.cs, lines: [1, 2.5], all: true, version: "1.0", none: ~ } }
                  - { tool: workspace_list }
              - when: { call: 2, lastTool: workspace_list, lastResultMatches: '(?<file>\w+\.cs).*line (\d+)' }
                say: "{{file}} is wrong at {{1}}."
            """);
        List<ChatMessage> messages = [new(ChatRole.User, "fix it")];

        ChatResponse first = await Ask(script, streaming, messages);

        first.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        first.Text.ShouldBe("Let me look.");
        FunctionCallContent[] calls = [.. first.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()];
        calls.Select(call => call.CallId).ShouldBe(["call-1", "call-2"]);
        calls.Select(call => call.Name).ShouldBe(["workspace_read", "workspace_list"]);
        JsonSerializer.Serialize(calls[0].Arguments).ShouldBe("""{"path":"src/Cart.cs","lines":[1,2.5],"all":true,"version":"1.0","none":null}""");

        messages.AddRange(first.Messages);
        messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("call-1", "text"), new FunctionResultContent("call-2", JsonSerializer.SerializeToElement("Cart.cs: error in line 12"))]));
        ChatResponse second = await Ask(script, streaming, messages);

        second.Text.ShouldBe("Cart.cs is wrong at 12.");
        second.FinishReason.ShouldBe(ChatFinishReason.Stop);
    }

    [Fact]
    public async Task Call_ids_stay_unique_in_a_conversation()
    {
        Script script = Script.Parse("{ script: s, replies: [ { call: { tool: t } } ] }");
        List<ChatMessage> messages = [new(ChatRole.User, "go")];
        for (int i = 0; i < 3; i++)
        {
            messages.AddRange((await Ask(script, false, messages)).Messages);
            messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent($"call-{i + 1}", "ok")]));
        }

        messages.RemoveRange(1, 2); // as a compaction would
        FunctionCallContent next = (await Ask(script, false, messages)).Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Single();

        messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Select(call => call.CallId).ShouldNotContain(next.CallId);
    }

    [Fact]
    public async Task The_call_number_starts_again_after_a_user_message()
    {
        Script script = Script.Parse("{ script: s, replies: [ { when: { call: [1, 3] }, say: odd }, { when: { call: 2 }, say: two } ] }");
        var assistant = new ChatMessage(ChatRole.Assistant, "a");
        var user = new ChatMessage(ChatRole.User, "u");

        (await Ask(script, false, [user, assistant])).Text.ShouldBe("two");
        (await Ask(script, false, [user, assistant, assistant])).Text.ShouldBe("odd");
        (await Ask(script, false, [user, assistant, user])).Text.ShouldBe("odd");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Messages_and_results_are_searched(bool streaming)
    {
        Script script = Script.Parse("""
            script: s
            replies:
              - { when: { lastResultContains: [failed, error] }, say: bad }
              - { when: { messageContains: [magic, wand] }, say: magic }
              - { say: plain }
            """);
        ChatMessage user = new(ChatRole.User, "u"), call = new(ChatRole.Assistant, [new FunctionCallContent("call-1", "t")]);

        (await Ask(script, streaming, [user, call, Result("2 failed")])).Text.ShouldBe("bad");
        (await Ask(script, streaming, [user, call, Result("a wand")])).Text.ShouldBe("magic");
        (await Ask(script, streaming, [user], new ChatOptions { Instructions = "magic" })).Text.ShouldBe("magic");
        (await Ask(script, streaming, [user, call, Result("passed")])).Text.ShouldBe("plain");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task No_reply_tells_what_was_looked_for(bool streaming)
    {
        Script script = Script.Parse("{ script: s, replies: [ { when: { tier: large }, say: x } ] }", "scripts/s.yaml");
        List<ChatMessage> messages = [new(ChatRole.User, "u"), new(ChatRole.Assistant, [new FunctionCallContent("call-1", "tests_run")]), Result(new string('x', 300))];

        ModelCallException e = await Should.ThrowAsync<ModelCallException>(() => Ask(script, streaming, messages, Step("executor", 3)));

        e.Failure.ShouldBe(FailureClass.InvalidRequest);
        e.MayHaveBeenBilled.ShouldBeFalse();
        foreach (string part in new[] { "scripts/s.yaml", "tier small", "role executor", "node code", "visit 3", "call 2", "tests_run", new string('x', 200) + "…" })
            e.Message.ShouldContain(part);
        e.Message.ShouldNotContain(new string('x', 201));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task What_is_billed_is_what_the_counter_counts(bool streaming)
    {
        Script script = Script.Parse("{ script: s, replies: [ { say: twelve bytes } ] }");
        var options = new ChatOptions { Instructions = "Be brief.", Tools = [AIFunctionFactory.Create((string path) => path, "read", "Reads a file.")] };
        List<ChatMessage> messages = [new(ChatRole.System, "You fix bugs. ü"), new(ChatRole.User, "Fix it.")];

        UsageDetails usage = (await Ask(script, streaming, messages, options)).Usage!;

        usage.InputTokenCount.ShouldBe(ScriptedTokenCounter.Instance.UpperBound(messages, options));
        usage.OutputTokenCount.ShouldBe(3);
        usage.CachedInputTokenCount.ShouldBe(0);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 2)]
    [InlineData(true, 1)]
    public async Task The_output_limit_cuts_the_answer_off_between_characters(bool streaming, int limit)
    {
        Script script = Script.Parse("{ script: s, replies: [ { say: äöü😀xyz, call: { tool: t } } ] }");

        ChatResponse response = await Ask(script, streaming, options: new ChatOptions { MaxOutputTokens = limit });

        response.FinishReason.ShouldBe(ChatFinishReason.Length);
        response.Usage!.OutputTokenCount!.Value.ShouldBeLessThanOrEqualTo(limit);
        response.Text.ShouldBe(limit == 2 ? "äöü" : "äö");
        response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tool_call_that_does_not_fit_the_limit_is_not_made()
    {
        Script script = Script.Parse("{ script: s, replies: [ { say: abcd, call: { tool: t, arguments: { text: 'a long argument' } } } ] }");

        ChatResponse response = await Ask(script, false, options: new ChatOptions { MaxOutputTokens = 5 });

        response.FinishReason.ShouldBe(ChatFinishReason.Length);
        response.Usage!.OutputTokenCount.ShouldBe(5);
    }

    [Fact]
    public async Task A_prompt_that_is_too_long_is_refused()
    {
        Script script = Script.Parse("{ script: s, replies: [ { say: x } ] }");

        ModelCallException e = await Should.ThrowAsync<ModelCallException>(() => Ask(script, false, [new(ChatRole.User, new string('x', 520_000))]));

        e.Failure.ShouldBe(FailureClass.ContextTooLong);
    }

    [Fact]
    public async Task A_repeated_prefix_is_billed_as_cached_until_it_expires()
    {
        using ScriptedChatClient client = Client(Script.Parse("{ script: s, replies: [ { say: x } ] }"));
        ChatOptions step = Step("executor", 1);
        List<ChatMessage> messages = [new(ChatRole.System, "s"), new(ChatRole.User, new string('u', 5_000))];
        long first = ScriptedTokenCounter.Instance.UpperBound(messages, step);
        async Task<long?> Cached() => (await client.GetResponseAsync(messages, step)).Usage!.CachedInputTokenCount;

        (await Cached()).ShouldBe(0);
        messages.AddRange([new(ChatRole.Assistant, "a"), new(ChatRole.User, "more")]);
        (await Cached()).ShouldBe(first);
        _time.Advance(TimeSpan.FromMinutes(4));
        (await Cached()).ShouldBe(ScriptedTokenCounter.Instance.UpperBound(messages, step));
        _time.Advance(TimeSpan.FromMinutes(5));
        (await Cached()).ShouldBe(0);
    }

    [Fact]
    public async Task Other_runs_other_tools_and_short_prompts_share_no_cache()
    {
        using ScriptedChatClient client = Client(Script.Parse("{ script: s, replies: [ { say: x } ] }"));
        ChatMessage[] messages = [new(ChatRole.User, new string('u', 5_000))];
        async Task<long?> Cached(ChatOptions options, params ChatMessage[] sent) => (await client.GetResponseAsync(sent, options)).Usage!.CachedInputTokenCount;

        await Cached(Step("executor", 1), messages);
        (await Cached(new ChatOptions().WithStep(new StepIdentity("other-run")), messages)).ShouldBe(0);
        ChatOptions withTool = Step("executor", 1);
        withTool.Tools = [AIFunctionFactory.Create(() => 1, "one")];
        (await Cached(withTool, messages)).ShouldBe(0);
        await Cached(Step("executor", 1), new ChatMessage(ChatRole.User, "short"));
        (await Cached(Step("executor", 1), new ChatMessage(ChatRole.User, "short"))).ShouldBe(0);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Latency_passes_on_the_given_clock_and_can_be_cancelled(bool streaming)
    {
        Script script = Script.Parse("{ script: s, latencyMs: 500, replies: [ { when: { call: 2 }, say: at once, latencyMs: 0 }, { say: late } ] }");
        using var cancel = new CancellationTokenSource();

        Task<ChatResponse> late = Ask(script, streaming);
        late.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(500));
        (await late).Text.ShouldBe("late");
        (await Ask(script, streaming, [new(ChatRole.User, "u"), new(ChatRole.Assistant, "a")])).Text.ShouldBe("at once");
        Task<ChatResponse> cancelled = Ask(script, streaming, cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
    }

    [Fact]
    public async Task Streaming_and_not_streaming_give_the_same_answer()
    {
        string text = string.Concat(Enumerable.Repeat("wörd 😀 ", 40));
        var script = new Script { Name = "s", Replies = [new ScriptReply { Say = text, Calls = [new ScriptToolCall("t", new JsonObject { ["a"] = 1 })] }] };

        ChatResponse whole = await Ask(script, false);
        List<ChatResponseUpdate> updates = [];
        using ScriptedChatClient client = Client(script);
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync([new(ChatRole.User, "u")]))
            updates.Add(update);
        ChatResponse streamed = updates.ToChatResponse();

        updates.Count.ShouldBeGreaterThan(10);
        streamed.Text.ShouldBe(whole.Text);
        streamed.ResponseId.ShouldBe(whole.ResponseId);
        streamed.FinishReason.ShouldBe(whole.FinishReason);
        streamed.Usage!.OutputTokenCount.ShouldBe(whole.Usage!.OutputTokenCount);
        streamed.Messages.Single().Contents.Count.ShouldBe(whole.Messages.Single().Contents.Count);
        whole.Usage.OutputTokenCount.ShouldBe((Encoding.UTF8.GetByteCount(text) + 3) / 4 + 4 + 1 + 2);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_reply_can_fail_and_is_given_as_often_as_it_says(bool streaming)
    {
        Script script = Script.Parse("""
            script: s
            replies:
              - { fail: throttled, say: Slow down., times: 2 }
              - { when: { tier: small }, fail: contentFilter, times: 1 }
              - { say: at last }
            """);
        using ScriptedChatClient client = Client(script);
        using ScriptedChatClient other = Client(script);

        (await FailureOf(client, streaming)).ShouldSatisfyAllConditions(
            failure => failure.Failure.ShouldBe(FailureClass.Throttled), failure => failure.Message.ShouldBe("Slow down."));
        (await FailureOf(client, streaming)).Failure.ShouldBe(FailureClass.Throttled);
        (await FailureOf(client, streaming)).ShouldSatisfyAllConditions(
            failure => failure.Failure.ShouldBe(FailureClass.ContentFilter), failure => failure.Message.ShouldContain("Script 's'"));
        (await Ask(client, streaming)).Text.ShouldBe("at last");
        (await FailureOf(other, streaming)).Failure.ShouldBe(FailureClass.Throttled);
    }

    [Fact]
    public void It_asks_for_the_step_identity_and_names_itself()
    {
        using ScriptedChatClient client = Client(Script.Parse("{ script: s, replies: [ { say: x } ] }"));

        client.GetService(typeof(IReceivesStepIdentity)).ShouldBeSameAs(client);
        ((ChatClientMetadata)client.GetService(typeof(ChatClientMetadata))!).ProviderName.ShouldBe("scripted");
        client.GetService(typeof(IReceivesStepIdentity), "key").ShouldBeNull();
    }

    [Fact]
    public void A_script_built_in_code_is_checked_too()
    {
        var script = new Script { Name = "s", Replies = [new ScriptReply { Say = "{{2}}", When = new ScriptCondition { LastResultMatches = "(a)" } }] };

        Should.Throw<ConfigurationException>(() => Client(script)).Message.ShouldContain("{{2}}");
    }

    private static ChatMessage Result(string text) => new(ChatRole.Tool, [new FunctionResultContent("call-1", text)]);

    private static ChatOptions Step(string role, int visit) => new ChatOptions().WithStep(new StepIdentity("run-1", "w", "code", "coder", role, visit));

    private ScriptedChatClient Client(Script script, string tier = "small") => new(script, Profile(tier), _time);

    private static ModelProfile Profile(string tier) => new()
    {
        Name = "m",
        Tier = tier,
        Prices = ModelPrices.Free,
        CacheTimeToLive = TimeSpan.FromMinutes(5),
    };

    private async Task<ChatResponse> Ask(
        Script script, bool streaming, IEnumerable<ChatMessage>? messages = null, ChatOptions? options = null, string tier = "small", CancellationToken cancellationToken = default)
    {
        using ScriptedChatClient client = Client(script, tier);
        return await Ask(client, streaming, messages, options, cancellationToken);
    }

    private static async Task<ChatResponse> Ask(
        ScriptedChatClient client, bool streaming, IEnumerable<ChatMessage>? messages = null, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        messages ??= [new(ChatRole.User, "hello")];
        return streaming
            ? await client.GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken)
            : await client.GetResponseAsync(messages, options, cancellationToken);
    }

    private static Task<ModelCallException> FailureOf(ScriptedChatClient client, bool streaming) =>
        Should.ThrowAsync<ModelCallException>(() => Ask(client, streaming));
}
