using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Use;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Tests.Use;

public sealed class MemoryChatClientTests : IAsyncLifetime
{
    private static readonly string[] Functions = ["memory_recall", "memory_remember", "memory_forget"];

    private readonly UseBench _bench = new();

    public Task InitializeAsync() => _bench.TripAsync(UseBench.Shop);

    public Task DisposeAsync() => _bench.DisposeAsync().AsTask();

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_request_gets_the_block_and_the_functions_and_stays_itself_as_it_is(bool streamed)
    {
        var model = new UseBench.Model("Salmon.");
        var request = new ChatMessage(ChatRole.User, "What does the cat eat?");
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(() => "mine", "mine")] };

        string answer = await AskAsync(Client(model, UseBench.ReadsAndWrites(UseBench.Shop)), [new(ChatRole.System, "You work."), request], options, streamed);

        answer.ShouldBe("Salmon.");
        model.LastRequest.ShouldStartWith("What does the cat eat?\n\n<memory>\n");
        model.LastRequest.ShouldContain("\"The cat eats salmon only, never tuna.\"");
        model.Tools[0].ShouldBe(["mine", .. Functions]);
        request.Text.ShouldBe("What does the cat eat?");
        options.Tools.ShouldHaveSingleItem();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_model_remembers_recalls_and_forgets_in_its_loop(bool streamed)
    {
        var results = new List<string>();
        var model = new UseBench.Model((messages, _) =>
        {
            results = [.. messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Select(result => result.Result!.ToString()!)];
            return results.Count switch
            {
                0 => Call("memory_remember", ("text", "The cat is called Miso (chat of 8 May)."), ("about", "cat/name")),
                1 => Call("memory_recall", ("question", "What is the cat called?"), ("top", 1)),
                2 => Call("memory_forget", ("what", "The cat is called Miso (chat of 8 May).")),
                3 => Call("memory_forget", ("what", "The cat is called Miso (chat of 8 May).")),
                _ => new ChatMessage(ChatRole.Assistant, "Done."),
            };
        });

        (await AskAsync(Client(model, UseBench.ReadsAndWrites(UseBench.Shop)), [new(ChatRole.User, "Note the name.")], null, streamed)).ShouldEndWith("Done.");

        results[0].ShouldBe("Remembered.");
        results[1].ShouldContain(" learned › cat/name, 2026-05-08 10:30: \"The cat is called Miso (chat of 8 May).\"");
        results[2].ShouldBe("Forgotten: \"The cat is called Miso (chat of 8 May).\"");
        results[3].ShouldStartWith("Error: Nothing was remembered");
    }

    [Fact]
    public async Task What_a_function_answers_is_bounded_too()
    {
        for (int i = 0; i < 20; i++)
            await _bench.SaidAsync(UseBench.Shop, $"chat/{i}", ("Ben", $"Turbine {i} " + string.Join(' ', Enumerable.Repeat("turns and turns", 100))));
        string? result = null;
        var model = new UseBench.Model((messages, _) =>
        {
            result = messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().SingleOrDefault()?.Result?.ToString();
            return result is null ? Call("memory_recall", ("question", "turbine"), ("top", 1_000)) : new ChatMessage(ChatRole.Assistant, "Done.");
        });

        await AskAsync(Client(model, new MemoryUseOptions { Read = [UseBench.Shop], Tokens = 300, TopK = 0 }), [new(ChatRole.User, "Turbines?")], null, streamed: false);

        MemoryPrompt.TokensOf(result!).ShouldBeInRange(200, 300);
        model.Tools[0].ShouldBe(["memory_recall"], "nothing can be written");
        model.Requests[0][^1].Text.ShouldBe("Turbines?", "nothing is put before the conversation");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_conversation_is_remembered_once_however_it_is_sent(bool streamed)
    {
        var model = new UseBench.Model("Hello Anna.", "Blue.", "Green.", "Seven.");
        IChatClient client = Client(model, new MemoryUseOptions { Write = UseBench.Anna, Remembers = MemoryRemembers.Turns, Tools = false });
        var options = new ChatOptions { AdditionalProperties = new() { [MemoryChatClientBuilderExtensions.ConversationKey] = "7" } };
        List<ChatMessage> conversation = [new(ChatRole.System, "Be short."), new(ChatRole.User, "I am Anna.")];

        await NextAsync("Which colour has my bicycle?");
        _bench.Clock.Advance(TimeSpan.FromHours(1));
        await NextAsync(null);
        string[] turns = await TurnsAsync();
        turns.ShouldBe(["user: I am Anna.", "assistant: Hello Anna.", "user: Which colour has my bicycle?", "assistant: Blue."]);

        // asked again: the new answer takes the place of the old one
        await AskAsync(client, conversation[..^1], options, streamed);
        (await TurnsAsync()).ShouldBe([.. turns[..3], "assistant: Green."]);

        // only the end of the conversation is sent
        await AskAsync(client, [conversation[^2], new(ChatRole.Assistant, "Green."), new(ChatRole.User, "How many keys?")], options, streamed);
        (await TurnsAsync()).ShouldBe([.. turns[..3], "assistant: Green.", "user: How many keys?", "assistant: Seven."]);

        async Task NextAsync(string? then)
        {
            conversation.Add(new(ChatRole.Assistant, await AskAsync(client, conversation, options, streamed)));
            if (then is not null)
                conversation.Add(new(ChatRole.User, then));
        }
    }

    [Fact]
    public async Task Answers_alone_can_be_remembered()
    {
        IChatClient client = Client(new UseBench.Model("It is blue."), new MemoryUseOptions { Write = UseBench.Anna, Remembers = MemoryRemembers.Answers, Tools = false });

        await AskAsync(client, [new(ChatRole.User, "Which colour?")], new ChatOptions { ConversationId = "7" }, streamed: false);

        (await TurnsAsync()).ShouldBe(["assistant: It is blue."]);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Facts_are_found_in_what_is_new_after_each_answer(bool streamed)
    {
        const string blue = """{"facts": [{"text": "Anna's bicycle is blue.", "about": "anna/bicycle", "episodes": [2], "happened": null}], "concepts": [], "corrections": []}""";
        var model = new UseBench.Model("It is blue.", blue, "Seven.", """{"facts": []}""");
        IChatClient client = Client(model, new MemoryUseOptions { Write = UseBench.Anna, Remembers = MemoryRemembers.Facts, Tools = false });
        var options = new ChatOptions { ConversationId = "7" };

        string answer = await AskAsync(client, [new(ChatRole.User, "Which colour?")], options, streamed);
        await AskAsync(client, [new(ChatRole.User, "Which colour?"), new(ChatRole.Assistant, "It is blue."), new(ChatRole.User, "How many keys?")], options, streamed);

        answer.ShouldBe("It is blue.");
        model.Requests.Count.ShouldBe(4);
        model.LastRequest.ShouldSatisfyAllConditions(
            asked => asked[..asked.IndexOf("Episodes:", StringComparison.Ordinal)].ShouldContain("\"assistant\": \"It is blue.\""),
            asked => asked[asked.IndexOf("Episodes:", StringComparison.Ordinal)..].ShouldNotContain("blue"));
        (await _bench.TextsAsync(UseBench.Anna, "Which colour is the bicycle?")).ShouldContain("Anna's bicycle is blue.");
    }

    [Fact]
    public async Task An_answer_stays_where_no_facts_can_be_found()
    {
        int calls = 0;
        var model = new UseBench.Model((_, _) => calls++ == 0 ? new ChatMessage(ChatRole.Assistant, "It is blue.") : throw new HttpRequestException("no such host"));
        IChatClient client = Client(model, new MemoryUseOptions { Write = UseBench.Anna, Remembers = MemoryRemembers.Facts, Tools = false });

        (await AskAsync(client, [new(ChatRole.User, "Which colour?")], new ChatOptions { ConversationId = "7" }, streamed: false)).ShouldBe("It is blue.");

        (await TurnsAsync()).ShouldBe(["user: Which colour?", "assistant: It is blue."]);
        calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_stream_that_is_broken_off_is_not_remembered()
    {
        IChatClient client = Client(new UseBench.Model("It is blue."), new MemoryUseOptions { Write = UseBench.Anna, Remembers = MemoryRemembers.Turns, Tools = false });

        await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Which colour?")], new ChatOptions { ConversationId = "7" }))
            break;

        (await _bench.Store.ListAsync()).ShouldBe([UseBench.Shop]);
    }

    [Fact]
    public async Task A_conversation_without_an_id_is_refused_before_anything_is_sent()
    {
        var model = new UseBench.Model("no");
        IChatClient client = Client(model, new MemoryUseOptions { Write = UseBench.Anna, Remembers = MemoryRemembers.Turns, Tools = false });

        (await client.GetResponseAsync("Hello").ShouldThrowAsync<InvalidOperationException>()).Message.ShouldContain("needs an id");
        model.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_without_a_users_text_goes_on_as_it_is()
    {
        var model = new UseBench.Model("yes");

        await Client(model, UseBench.ReadsAndWrites(UseBench.Shop)).GetResponseAsync([new ChatMessage(ChatRole.System, "You work.")]);

        model.Tools[0].ShouldBeEmpty();
    }

    [Fact]
    public void Functions_without_function_invocation_below_are_refused()
    {
        Should.Throw<InvalidOperationException>(() => new ChatClientBuilder(new UseBench.Model("x")).UseMemory(_bench.Memory, UseBench.ReadsAndWrites(UseBench.Shop)).Build())
            .Message.ShouldContain("builder.UseMemory(…).UseFunctionInvocation()");
        new ChatClientBuilder(new UseBench.Model("x")).UseMemory(_bench.Memory, UseBench.ReadsAndWrites(UseBench.Shop) with { Tools = false }).Build().ShouldNotBeNull();
    }

    private IChatClient Client(UseBench.Model model, MemoryUseOptions options) => new ChatClientBuilder(model).UseMemory(_bench.Memory, options).UseFunctionInvocation().Build();

    private static async Task<string> AskAsync(IChatClient client, IReadOnlyList<ChatMessage> messages, ChatOptions? options, bool streamed) =>
        (streamed ? await client.GetStreamingResponseAsync(messages, options).ToChatResponseAsync() : await client.GetResponseAsync(messages, options)).Text;

    private static ChatMessage Call(string function, params (string Name, object? Value)[] arguments) =>
        new(ChatRole.Assistant, [new FunctionCallContent(Guid.NewGuid().ToString(), function, arguments.ToDictionary(argument => argument.Name, argument => argument.Value))]);

    private async Task<string[]> TurnsAsync()
    {
        IMemoryRecords records = (await _bench.Store.OpenAsync(UseBench.Anna, create: false))!;
        StoredSource source = (await records.ReadSourceAsync("conversation/7"))!;
        var turns = new List<MemoryNode>();
        foreach (string key in source.Episodes.Keys)
            turns.Add((await records.FindAsync(MemoryNodeKind.Episode, key))!);
        return [.. turns.OrderBy(turn => turn.Position).Select(turn => $"{turn.Speaker}: {turn.Text}")];
    }
}
