using AgentRouter.Routing.Policies.Capability;
using AgentRouter.Steps;

namespace AgentRouter.Routing.Tests.Policies.Capability;

public sealed class RuleRequirementsTests
{
    [Theory]
    [InlineData("Say hello.", 0, 0, 0)]
    [InlineData("Prove it, and explain why.", 0.6, 0, 0)]
    [InlineData("Prove, derive, explain, analyze and compare.", 0.6, 0, 0)]
    [InlineData("What is 2 + 2?", 0.2, 0, 0)]
    [InlineData("12 eggs, 3 hens, 7 days, 2 dozen: how many? And how much?", 0.2, 0, 0)]
    [InlineData("Rename the method.", 0, 0.3, 0)]
    [InlineData("Look at src/Cart.cs and at lib/money.py", 0, 0.2, 0)]
    [InlineData("It crashes, e.g. at night. Then it is gone.", 0, 0, 0.2)]
    [InlineData("The tests fail.", 0, 0, 0.4)]
    [InlineData("if (a) { b(); } else { c(); } { d(); e(); }", 0, 0.2, 0)]
    public void Signs_of_a_request_are_points(string request, double reasoning, double code, double debugging)
    {
        Span<double> required = stackalloc double[4];

        RuleRequirements.Read(request, required);

        required.ToArray().ShouldBe([reasoning, code, debugging, 0], 1e-9);
    }

    [Fact]
    public void A_fence_with_a_stack_trace_is_code_and_debugging()
    {
        Span<double> required = stackalloc double[4];

        RuleRequirements.Read("```\nSystem.NullReferenceException\n   at Cart.Total()\n```", required);

        required.ToArray().ShouldBe([0, 0.2, 0.3 + 0.1, 0], 1e-9);
    }

    [Fact]
    public void A_long_request_is_harder_and_no_dimension_is_required_beyond_its_band()
    {
        Span<double> required = stackalloc double[4];

        RuleRequirements.Read(string.Concat(Enumerable.Repeat("Prove and explain why 1 + 2 = 3 holds? ", 200)), required);

        required[0].ShouldBe(1);
        required[1].ShouldBe(0.2);
    }

    [Theory]
    [InlineData(1, 0, 0, 0.25, 0.25, 0.25, 0.25)]
    [InlineData(9, 0, 0, 0.75, 0.75, 0.75, 0.75)]
    [InlineData(0, 2, 0, 0, 0, 0.2, 0.4)]
    [InlineData(0, 0, 1, 0.2, 0, 0, 0.2)]
    [InlineData(9, 9, 9, 1, 0.75, 1, 1)]
    public void The_tasks_state_raises_what_is_required(int failedChecks, int errors, int repeats, double reasoning, double code, double debugging, double tools)
    {
        Span<double> required = stackalloc double[4];

        StateRequirements.Raise(new StepFeatures { ChecksFailedInARow = failedChecks, RecentToolErrors = errors, RepeatedToolCalls = repeats }, required);

        required.ToArray().ShouldBe([reasoning, code, debugging, tools], 1e-9);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(3, 0, 0.1)]
    [InlineData(11, 0, 0.2)]
    [InlineData(3, 8, 0.2)]
    public void Tools_on_offer_and_their_results_require_tool_use(int offered, int results, double tools)
    {
        Span<double> required = stackalloc double[4];

        StateRequirements.Raise(new StepFeatures { ToolCount = offered, ToolResultCount = results }, required);

        required.ToArray().ShouldBe([0, 0, 0, tools], 1e-9);
    }

    [Fact]
    public void Both_ends_of_a_very_long_request_are_read()
    {
        string middle = new('x', 20_000);

        WorkCues.Of($"prove {middle} crash").ShouldBe(WorkCues.Of($"prove {middle[..100]} crash"));
    }
}
