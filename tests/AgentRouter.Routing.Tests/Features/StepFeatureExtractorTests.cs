using System.Text.Json;
using AgentRouter.Budgets;
using AgentRouter.Routing.Features;
using AgentRouter.Routing.Tasks;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Routing.Tests.Features;

public sealed class StepFeatureExtractorTests
{
    private int _calls;

    [Fact]
    public void An_empty_conversation_has_no_features_but_a_whole_budget() =>
        Of().ShouldBe(new StepFeatures { CallInVisit = 1, BudgetLeft = 1 });

    [Fact]
    public void Messages_tool_results_and_lengths_are_counted()
    {
        StepFeatures features = Of(System("You fix code."), User("Fix it."), Call("read", ("path", "a.cs")), Result("class A;"));

        features.MessageCount.ShouldBe(4);
        features.ToolResultCount.ShouldBe(1);
        features.PromptLength.ShouldBe(7);
        features.TotalLength.ShouldBe("You fix code.".Length + 7 + "class A;".Length);
        features.InToolLoop.ShouldBeTrue();
    }

    [Fact]
    public void Results_as_json_count_like_text()
    {
        StepFeatures features = Of(User("Go."), Result(Json("\"Error: no such file\"")), Result(Json("[1,2]")));

        features.ToolErrorsInARow.ShouldBe(0);
        features.RecentToolErrors.ShouldBe(1);
        features.TotalLength.ShouldBe(3 + "\"Error: no such file\"".Length + 5);
    }

    [Fact]
    public void Tool_calls_and_different_tools_are_counted()
    {
        StepFeatures features = Of(User("Go."), Call("read", ("path", "a")), Result("x"), Call("read", ("path", "b")), Result("y"), Call("test"), Result("z"));

        features.ToolCallCount.ShouldBe(3);
        features.DistinctToolCount.ShouldBe(2);
        features.RepeatedToolCalls.ShouldBe(0);
    }

    [Fact]
    public void A_call_with_the_same_arguments_is_repeated_whatever_their_order()
    {
        Of(Call("edit", ("path", "a"), ("line", 3)), Call("edit", ("line", 3), ("path", "a"))).RepeatedToolCalls.ShouldBe(1);
        Of(Call("edit", ("path", "a"), ("line", 3)), Call("edit", ("path", "a"), ("line", 4))).RepeatedToolCalls.ShouldBe(0);
        Of(Call("edit", ("path", "a")), Call("read", ("path", "a"))).RepeatedToolCalls.ShouldBe(0);
        Of(Call("edit", ("body", Json("{\"a\":1}"))), Call("edit", ("body", Json("{\"a\":1}"))), Call("edit", ("body", Json("{\"a\":2}")))).RepeatedToolCalls.ShouldBe(1);
        Of(Call("test"), Call("test"), Call("test")).RepeatedToolCalls.ShouldBe(2);
    }

    [Fact]
    public void Swapped_argument_values_are_another_call() =>
        Of(Call("move", ("from", "a"), ("to", "b")), Call("move", ("from", "b"), ("to", "a"))).RepeatedToolCalls.ShouldBe(0);

    [Fact]
    public void Calls_that_cannot_be_compared_are_not_taken_for_repeated() =>
        Of(Call("plan", ("steps", new List<int> { 1 })), Call("plan", ("steps", new List<int> { 2 }))).RepeatedToolCalls.ShouldBe(0);

    [Fact]
    public void Repetitions_long_ago_are_forgotten()
    {
        ChatMessage[] old = [Call("test"), Call("test")];
        ChatMessage[] since = [.. Enumerable.Range(0, 16).Select(i => User($"Message {i}."))];

        Of([.. old, .. since]).RepeatedToolCalls.ShouldBe(0);
        Of([.. old, .. since[2..]]).RepeatedToolCalls.ShouldBe(1);
    }

    [Theory]
    [InlineData("Error: it failed.", true)]
    [InlineData("  error", true)]
    [InlineData("No errors found.", false)]
    [InlineData("{ \"error\": \"no such file\" }", true)]
    [InlineData("{\"error\":{\"code\":5}}", true)]
    [InlineData("{\"error\": null, \"rows\": 3}", false)]
    [InlineData("{\"error\": \"\"}", false)]
    [InlineData("{\"error\":false}", false)]
    [InlineData("{\"rows\": 3}", false)]
    public void An_error_is_told_by_how_a_result_begins(string result, bool isError)
    {
        Of(Result(result)).RecentToolErrors.ShouldBe(isError ? 1 : 0);
        if (result.StartsWith('{'))
            Of(Result(Json(result))).RecentToolErrors.ShouldBe(isError ? 1 : 0);
    }

    [Fact]
    public void Errors_in_a_row_end_with_a_result_that_is_none()
    {
        Of(Result("ok"), Result("Error: a"), Result("Error: b")).ToolErrorsInARow.ShouldBe(2);
        Of(Result("Error: a"), User("Go on."), Result("Error: b")).ToolErrorsInARow.ShouldBe(2);
        Of(Result("Error: a"), Result("ok")).ToolErrorsInARow.ShouldBe(0);
    }

    [Fact]
    public void Only_the_last_messages_count_for_recent_errors()
    {
        ChatMessage[] since = [.. Enumerable.Range(0, 8).Select(i => User($"Message {i}."))];

        Of([Result("Error: a"), .. since]).RecentToolErrors.ShouldBe(0);
        Of([Result("Error: a"), .. since]).ToolErrorsInARow.ShouldBe(1);
    }

    [Fact]
    public void Answers_of_the_assistant_are_measured()
    {
        StepFeatures features = Of(User("Hello?"), Says("Yes."), User("Go."), Call("read"), Result("x"), Says("Done now."));

        features.AnswerCount.ShouldBe(2);
        features.AnswersLength.ShouldBe(13);
        features.LastAnswerLength.ShouldBe(9);
    }

    [Fact]
    public void Signs_are_counted_in_the_last_user_message_alone()
    {
        StepFeatures features = Of(User("int[] a = {}; ?"), Says("if (x) { y(); }"), User("Is 2 + 2 = 4.5? And 1,000 ≤ 1e3? `x{}`"));

        features.QuestionMarks.ShouldBe(2);
        features.MathsMarks.ShouldBe(3);
        features.NumberCount.ShouldBe(6);
        features.CodeMarks.ShouldBe(4);
    }

    [Theory]
    [InlineData("", LanguageScript.None)]
    [InlineData("123 + 4", LanguageScript.None)]
    [InlineData("Corrige le test", LanguageScript.Latin)]
    [InlineData("Исправь тест в Cart.cs", LanguageScript.Cyrillic)]
    [InlineData("Διόρθωσε το τεστ", LanguageScript.Greek)]
    [InlineData("תקן את הבדיקה", LanguageScript.Hebrew)]
    [InlineData("أصلح الاختبار", LanguageScript.Arabic)]
    [InlineData("परीक्षण ठीक करो", LanguageScript.Indic)]
    [InlineData("修复失败的测试", LanguageScript.Cjk)]
    [InlineData("テストを直して", LanguageScript.Cjk)]
    [InlineData("테스트를 고쳐줘", LanguageScript.Cjk)]
    [InlineData("გაასწორე", LanguageScript.Other)]
    public void The_script_of_the_last_user_message_is_guessed(string prompt, LanguageScript script) =>
        Of(User("Hello"), User(prompt)).Language.ShouldBe(script);

    [Fact]
    public void What_is_left_is_of_the_limit_that_is_nearest_its_end()
    {
        var clock = new FakeTimeProvider();
        var ledger = new BudgetLedger(new Budget { Usd = 1m, Calls = 4, Time = TimeSpan.FromMinutes(10) }, clock);
        ledger.TryReserve(new BudgetAmount(Pricing.Money.FromUsd(0.1m), 0, 1, 1), out BudgetReservation? held, out _).ShouldBeTrue();
        using TaskScope task = TaskScope.Begin("run-1", ledger, timeProvider: clock);

        Left().ShouldBe(0.75);
        clock.Advance(TimeSpan.FromMinutes(9));
        Left().ShouldBe(0.1, 1e-9);
        clock.Advance(TimeSpan.FromMinutes(9));
        Left().ShouldBe(0);
        held.Dispose();

        double Left() => StepFeatureExtractor.Extract([], null, task, 0, 1).BudgetLeft;
    }

    [Fact]
    public void Features_are_read_without_allocating_for_each_message()
    {
        using TaskScope task = TaskScope.Begin("run-1", new BudgetLedger(new Budget()));
        ChatMessage[] messages = [.. Enumerable.Range(0, 50).SelectMany(i => new[] { Call("edit", ("path", "a"), ("line", i)), Result("Error: no") }), User("Is 2 + 2 = 4? { }")];
        StepFeatureExtractor.Extract(messages, null, task, 0, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();

        StepFeatureExtractor.Extract(messages, null, task, 0, 1);

        // the boxed numbers of arguments are the caller's; nothing is left of ours
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000);
    }

    private static StepFeatures Of(params ChatMessage[] messages)
    {
        using TaskScope task = TaskScope.Begin("run-1", new BudgetLedger(new Budget()));
        return StepFeatureExtractor.Extract(messages, null, task, 0, 1);
    }

    private static ChatMessage System(string text) => new(ChatRole.System, text);

    private static ChatMessage User(string text) => new(ChatRole.User, text);

    private static ChatMessage Says(string text) => new(ChatRole.Assistant, text);

    private ChatMessage Call(string tool, params (string Name, object? Value)[] arguments) =>
        new(ChatRole.Assistant, [new FunctionCallContent($"call-{_calls++}", tool, arguments.ToDictionary(a => a.Name, a => a.Value))]);

    private ChatMessage Result(object result) => new(ChatRole.Tool, [new FunctionResultContent($"call-{_calls++}", result)]);

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
