using AgentRouter.Memory.Context;
using AgentRouter.Memory.Tests.Use;
using CsCheck;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Tests.Context;

/// <summary>Whatever a conversation looks like, what is sent of it is a valid request.</summary>
public sealed class ContextViewProperties
{
    private static readonly ContextTokens Tokens = new(AgentRouter.Tokens.ByteBoundTokenCounter.Instance);

    // a message of a kind, so long, with so many calls; ids are used again, as some providers do
    private static readonly Gen<(int Kind, int Length, int Calls)[]> Turns = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3_000], Gen.Int[1, 3]).Array[0, 40];

    [Fact]
    public void What_is_sent_is_valid_holds_system_and_task_and_is_below_the_limit_or_as_short_as_it_can_be() =>
        Gen.Select(Turns, Gen.Int[200, 3_000], Gen.Int[1, 6], Gen.Bool).Sample((turns, limit, keepLast, summarize) =>
        {
            var model = new UseBench.Model((request, _) => new ChatMessage(ChatRole.Assistant, ContextBench.IsSummary(request) ? "summed up" : "ok"));
            var options = new ContextLimitOptions { Tokens = limit, KeepLast = keepLast, Strategy = summarize ? ContextStrategy.Summarize : ContextStrategy.KeepLast };
            using IChatClient client = new ChatClientBuilder(model).UseContextLimit(options).Build();
            List<ChatMessage> conversation = [new(ChatRole.System, "You work."), new(ChatRole.User, "The task.")];
            IReadOnlyList<ChatMessage>? before = null;
            int summaries = 0;
            foreach ((int Kind, int Length, int Calls) turn in turns)
            {
                Add(conversation, turn);
                client.GetResponseAsync(conversation).GetAwaiter().GetResult();
                IReadOnlyList<ChatMessage> sent = model.Requests[^1];
                IsValid(sent);
                sent[0].ShouldBeSameAs(conversation[0]);
                sent.ShouldContain(message => message.Role == ChatRole.User);
                if (Tokens.Of(sent, null) > limit)
                    CannotBeShorter(sent);
                bool isOther = before is not null && before.Where((message, place) => place >= sent.Count || !ReferenceEquals(message, sent[place])).Any();
                if (isOther)
                    Tokens.Of([.. before!, .. conversation[^1..]], null).ShouldBeGreaterThan(limit / 4, "it is made shorter where it is too long, and only there");
                (before, summaries) = (sent, summaries + 1);
            }
        }, iter: 100);

    private static void Add(List<ChatMessage> conversation, (int Kind, int Length, int Calls) turn)
    {
        string text = new('x', turn.Length);
        switch (turn.Kind)
        {
            case 0:
                conversation.Add(new ChatMessage(ChatRole.User, "More: " + text[..(turn.Length / 10)]));
                break;
            case 1:
                conversation.Add(new ChatMessage(ChatRole.Assistant, text[..(turn.Length / 10)]));
                break;
            case 2:
                conversation.Add(new ChatMessage(ChatRole.Assistant, Calls(turn.Calls)));
                conversation.AddRange(Enumerable.Range(0, turn.Calls).Select(call => new ChatMessage(ChatRole.Tool, [new FunctionResultContent($"call-{call}", text)])));
                break;
            default:
                conversation.Add(new ChatMessage(ChatRole.Assistant, Calls(turn.Calls)));
                conversation.Add(new ChatMessage(ChatRole.Tool, [.. Enumerable.Range(0, turn.Calls).Select(call => (AIContent)new FunctionResultContent($"call-{call}", new { text }))]));
                break;
        }
    }

    private static List<AIContent> Calls(int count) => [.. Enumerable.Range(0, count).Select(call => (AIContent)new FunctionCallContent($"call-{call}", "look", new Dictionary<string, object?> { ["page"] = call }))];

    // every result follows its call, and every call that had a result has one
    private static void IsValid(IReadOnlyList<ChatMessage> sent)
    {
        var open = new List<string>();
        foreach (ChatMessage message in sent)
        {
            if (message.Role != ChatRole.Tool)
                open.ShouldBeEmpty("a call has lost its result");
            foreach (AIContent content in message.Contents)
            {
                if (content is FunctionCallContent call)
                    open.Add(call.CallId);
                else if (content is FunctionResultContent result)
                    open.Remove(result.CallId).ShouldBeTrue("a result has lost its call");
            }
        }

        open.ShouldBeEmpty();
    }

    private static void CannotBeShorter(IReadOnlyList<ChatMessage> sent)
    {
        int rounds = Rounds.StartsOf(sent).Count;
        bool isShort = sent.All(message => ToolResultCut.LongestOf(message) <= ContextLimitDefaults.LeastResult + 120);
        (rounds == 0 || (rounds == 1 && isShort) || Rounds.StartsOf(sent) is [var only] && only > 0 && isShort).ShouldBeTrue($"{rounds} rounds, short: {isShort}");
    }
}
