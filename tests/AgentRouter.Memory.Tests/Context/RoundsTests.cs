using AgentRouter.Memory.Context;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Tests.Context;

public sealed class RoundsTests
{
    [Fact]
    public void A_round_is_an_answer_with_the_results_of_its_calls()
    {
        ChatMessage[] messages = [System(), User(), Call("a", "b"), Result("a"), Result("b"), Says(), User(), Call("a"), Result("a")];

        Rounds.StartsOf(messages).ShouldBe([2, 5, 7]);
    }

    [Fact]
    public void An_answer_between_a_call_and_its_result_begins_no_round()
    {
        ChatMessage[] messages = [User(), Call("a"), Says(), Result("a"), Says()];

        Rounds.StartsOf(messages).ShouldBe([1, 4]);
    }

    [Fact]
    public void A_call_without_a_result_holds_nothing_together()
    {
        ChatMessage[] messages = [User(), Call("a"), Says(), Says()];

        Rounds.StartsOf(messages).ShouldBe([1, 2, 3]);
    }

    [Theory]
    [InlineData("short", 100, "short")]
    [InlineData("0123456789", 6, "0123\n… (4 characters are left out here; ask for less at once to see them) …\n89")]
    [InlineData("ab😀😀😀cd", 5, "ab\n… (6 characters are left out here; ask for less at once to see them) …\ncd")]
    public void A_long_text_is_cut_in_the_middle_and_never_inside_a_character(string text, int length, string expected) =>
        ToolResultCut.Middle(text, length).ShouldBe(expected);

    private static ChatMessage System() => new(ChatRole.System, "s");

    private static ChatMessage User() => new(ChatRole.User, "u");

    private static ChatMessage Says() => new(ChatRole.Assistant, "a");

    private static ChatMessage Call(params string[] ids) => new(ChatRole.Assistant, [.. ids.Select(id => new FunctionCallContent(id, "look"))]);

    private static ChatMessage Result(string id) => new(ChatRole.Tool, [new FunctionResultContent(id, "r")]);
}
