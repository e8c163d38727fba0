using System.Text.Json.Nodes;
using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Healing.Calls;
using static AgentRouter.Tools.Tests.Healing.TestGraphs;

namespace AgentRouter.Tools.Tests.Healing;

/// <summary>What the answer of a check comes to.</summary>
public sealed class CheckTests
{
    private readonly ScriptedTools _tools = new();

    [Theory]
    [InlineData("null")]
    [InlineData("false")]
    [InlineData("\"\"")]
    [InlineData("{}")]
    [InlineData("\"false\"")]
    [InlineData("\" NULL \"")]
    public async Task Nothing_and_false_say_that_it_was_not_done(string answer)
    {
        GoalResult result = await BookAsync(answer, DataType.Any);

        result.Status.ShouldBe(GoalStatus.Reached);
        _tools.Effects.ShouldBe(["book_b"]);
    }

    [Theory]
    [InlineData("\"room 7\"")]
    [InlineData("{\"id\":7}")]
    [InlineData("true")]
    public async Task Where_nothing_is_promised_anything_else_says_that_it_was_done(string answer)
    {
        GoalResult result = await BookAsync(answer, DataType.Any);

        result.Status.ShouldBe(GoalStatus.Reached);
        _tools.Effects.ShouldBeEmpty();
        result.Facts["room"]!.ToJsonString().ShouldBe(answer);
    }

    [Theory]
    [InlineData("{\"found\":false}", "text", "book_a: the result is not a text.")]
    [InlineData("true", "text", "book_a: it does not say what came of the call.")]
    [InlineData("\"true\"", "text", "book_a: it does not say what came of the call.")]
    [InlineData("7", "text", "book_a: the result is not a text.")]
    [InlineData("0", "any", "book_a: it could be a result and a no.")]
    public async Task An_answer_that_is_no_result_of_the_tool_tells_nothing(string answer, string type, string why)
    {
        GoalResult result = await BookAsync(answer, type == "text" ? DataType.Text : DataType.Any);

        result.Status.ShouldBe(GoalStatus.Failed);
        result.LeftBehind.ShouldBe(["book_a"]);
        _tools.Effects.ShouldBeEmpty();
        result.Reason.ShouldBe($"book_a: broke. Nobody knows whether it took effect, so nothing is called that would do the same. Its check find gave no answer: It answered {answer}, "
            + $"which is no result of {why} A check returns what the lost call would have returned, and null or false where it took no effect.");
        result.Attempts[^1].Failure!.Kind.ShouldBe(ToolFailureKind.WrongResult);
    }

    [Fact]
    public async Task A_number_that_was_promised_may_be_nothing() =>
        (await BookAsync("0", DataType.Number)).Facts["room"]!.GetValue<int>().ShouldBe(0);

    [Fact]
    public async Task A_check_that_answers_that_there_is_none_with_an_error_tells_nothing()
    {
        _tools.Always("find", _ => ToolCallResult.Failed(ToolFailures.Classify(new HttpRequestException("no such booking", null, System.Net.HttpStatusCode.NotFound))));

        GoalResult result = await BookAsync(null, DataType.Any);

        result.LeftBehind.ShouldBe(["book_a"]);
        result.Reason!.ShouldEndWith("Its check find gave no answer: HttpRequestException: no such booking");
        _tools.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_undo_is_tried_where_a_check_tells_nothing()
    {
        _tools.On("find", ScriptedTools.Refuses);

        GoalResult result = await BookAsync(null, DataType.Any, tool => tool with { Undo = "cancel" });

        result.Status.ShouldBe(GoalStatus.Reached);
        _tools.Calls.ShouldBe(["book_a", "find", "cancel", "book_b"]);
        _tools.Events.OfType<ToolDoubtSettled>().ShouldHaveSingleItem().Verdict.ShouldBe("undone");
    }

    [Fact]
    public async Task A_tool_that_declares_nothing_and_breaks_off_is_told_with_what_would_have_helped()
    {
        _tools.On("weather_a", ScriptedTools.Breaks);

        GoalResult result = await _tools.ReachAsync(Graph(Tool("weather_a", "weather"), Tool("weather_b", "weather", cost: 2)), "weather");

        _tools.Calls.ShouldBe(["weather_a"]);
        result.Reason.ShouldBe("weather_a: broke. Nobody knows whether it took effect, so nothing is called that would do the same. "
            + "If it had none, say so: declare the effect of tool 'weather_a' as none or repeatable, name its check or undo, or let it throw a ToolException.");
        _tools.Events.OfType<GoalEscalated>().ShouldHaveSingleItem().Reason.ShouldBe(result.Reason);
    }

    private Task<GoalResult> BookAsync(string? answer, DataType type, Func<CapabilityTool, CapabilityTool>? change = null)
    {
        CapabilityTool first = Tool("book_a", "room") with { Check = "find", Result = type };
        _tools.On("book_a", ScriptedTools.Breaks);
        if (answer is not null)
            _tools.Always("find", _ => ToolCallResult.Done(JsonNode.Parse(answer)));
        return _tools.ReachAsync(
            Graph(change?.Invoke(first) ?? first, Tool("book_b", "room", cost: 2), Look("find", "booking"), Tool("cancel", "cancelled", effect: ToolEffect.Repeatable)), "room");
    }
}
