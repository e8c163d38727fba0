using AgentRouter.Cli.Commands.Tools.Bench.Domains;
using AgentRouter.Cli.Commands.Tools.Bench.Judging;
using AgentRouter.Cli.Commands.Tools.Bench.Measuring;
using AgentRouter.Cli.Commands.Tools.Bench.Scenarios;
using AgentRouter.Cli.Commands.Tools.Bench.Systems;
using AgentRouter.Cli.Commands.Tools.Bench.Worlds;
using Microsoft.Extensions.AI;

namespace AgentRouter.Cli.Tests.Commands.Tools.Bench;

public sealed class OracleTests
{
    private static readonly RightEnd Refunded = new SupportDomain().Refunded;

    [Fact]
    public void What_must_have_happened_and_nothing_else_is_right() => Oracle.Judge(Effects([.. Refunded.Effects]), Refunded).IsRight.ShouldBeTrue();

    [Fact]
    public void A_doubled_refund_is_noticed_whoever_did_it()
    {
        LogEntry[] log = [new("stripe", Refunded.Effects[0], true), new("razorpay", Refunded.Effects[0], true), new("email", Refunded.Effects[1], true)];
        Oracle.Judge(log, Refunded).Problems.ShouldBe(["more than once: refund: A-1042, $149.00"]);
    }

    [Fact]
    public void What_is_missing_is_noticed() => Oracle.Judge(Effects(Refunded.Effects[0]), Refunded).Problems.ShouldBe(["missing: message: A-1042 is refunded"]);

    [Fact]
    public void What_must_not_happen_is_noticed() =>
        Oracle.Judge(Effects(Refunded.Effects[0], "ticket: refund"), SupportDomain.LeftToPerson).Problems.ShouldBe(["not to happen: refund: A-1042, $149.00"]);

    [Fact]
    public void A_branch_that_was_not_run_is_noticed_and_so_is_one_that_was_run_too_late()
    {
        LogEntry[] looks = [.. PostDomain.Published.Branches.Select(branch => new LogEntry(branch, branch, IsEffect: false))];
        LogEntry published = new("publisher", PostDomain.Published.Effects[0], IsEffect: true);

        Oracle.Judge([.. looks, published], PostDomain.Published).IsRight.ShouldBeTrue();
        Oracle.Judge([.. looks[1..], published], PostDomain.Published).Problems.ShouldBe(["branch not run: image"]);
        Verdict late = Oracle.Judge([.. looks[1..], published, looks[0]], PostDomain.Published);
        late.Problems.ShouldBe(["branch not run: image"]);
        late.BranchesRun.ShouldBe(4);
    }

    [Fact]
    public void A_claim_that_the_log_does_not_bear_out_is_a_silent_failure()
    {
        RightEnd lesser = new SupportDomain().RefundedUnconfirmed;
        Verdict right = Oracle.Judge(Effects([.. lesser.Effects]), lesser), wrong = Oracle.Judge(Effects(lesser.Effects[0]), lesser);

        Oracle.IsSilent(Claim.Lesser, lesser, right).ShouldBeFalse();
        Oracle.IsSilent(Claim.Reached, lesser, right).ShouldBeTrue();
        Oracle.IsSilent(Claim.Lesser, lesser, wrong).ShouldBeTrue();
        Oracle.IsSilent(Claim.Reached, lesser, wrong).ShouldBeTrue();
        Oracle.IsSilent(Claim.Failed, lesser, wrong).ShouldBeFalse();
    }

    [Theory]
    [InlineData(nameof(Claim.Reached), true)]
    [InlineData(nameof(Claim.Failed), false)]
    public async Task Who_does_nothing_is_right_nowhere(string claim, bool isSilent)
    {
        foreach (Scenario scenario in ScenarioSet.All.SelectMany(set => set.Scenarios))
        {
            SystemReport report = await ScenarioBenchmark.RunAsync(scenario, new Idler(Enum.Parse<Claim>(claim)), CancellationToken.None);
            report.Verdict.IsRight.ShouldBeFalse(scenario.Id);
            report.IsSilent.ShouldBe(isSilent, scenario.Id);
        }
    }

    [Fact]
    public async Task A_fault_is_found_by_calling_and_begins_at_its_moment()
    {
        var world = new World([new ServiceFault("email", After: "stripe")]);
        world.Open("email", () => world.Did("email", "sent"));
        world.Open("stripe", () => world.Did("stripe", "paid"));
        async Task CallAsync(string service) => await world.Functions[service].InvokeAsync(new AIFunctionArguments());

        await CallAsync("email");
        await CallAsync("stripe");
        (await Should.ThrowAsync<HttpRequestException>(() => CallAsync("email"))).Message.ShouldContain("email");

        world.Log.Select(entry => entry.What).ShouldBe(["sent", "paid"]);
        world.Calls.Select(call => call.Failure is null).ShouldBe([true, true, false]);
    }

    private static LogEntry[] Effects(params string[] effects) => [.. effects.Select(effect => new LogEntry("service", effect, IsEffect: true))];

    private sealed class Idler(Claim claim) : IBenchSystem
    {
        public string Name => "idler";

        public Task<SystemRun> RunAsync(ScenarioDomain domain, World world, CancellationToken cancellationToken) => Task.FromResult(new SystemRun(claim, "done"));
    }
}
