using AgentRouter.Cli.Commands.Run.Views;
using AgentRouter.Cli.Tests.Support;
using AgentRouter.Events;
using Snapshooter;
using Snapshooter.Xunit;

namespace AgentRouter.Cli.Tests.Commands;

public sealed class LiveScreenTests
{
    private static readonly string[] Nodes = ["plan", "code", "test", "review", "done", "gaveUp"];

    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    public void In_the_middle_of_the_second_repair(int width) => Snapshot.Match(Draw(width, Middle()), SnapshotNameExtension.Create(width));

    [Theory]
    [InlineData(100)]
    [InlineData(40)]
    [InlineData(20)]
    public void No_line_is_wider_than_the_terminal_and_there_are_few(int width)
    {
        string[] lines = Draw(width, Middle()).TrimEnd('\n').Split('\n');
        lines.ShouldAllBe(line => line.Length <= width);
        lines.Length.ShouldBeLessThanOrEqualTo(width < 40 ? 20 : 17);
    }

    [Fact]
    public void A_graph_of_many_nodes_stays_small()
    {
        var state = new LiveState("big", Enumerable.Range(1, 300).Select(i => $"node-{i}"), DateTimeOffset.UnixEpoch);
        string text = Screens.Draw(100, console => console.Write(LiveScreen.Draw(state, DateTimeOffset.UnixEpoch, console)));
        text.Split('\n').Length.ShouldBeLessThan(15);
        text.ShouldContain("more nodes");
    }

    [Fact]
    public void Before_the_run_begins_nothing_is_said_of_policy_and_budget()
    {
        var state = new LiveState("hello", ["write", "read"], DateTimeOffset.UnixEpoch);
        Screens.Draw(100, console => console.Write(LiveScreen.Draw(state, DateTimeOffset.UnixEpoch, console)))
            .ShouldBe("hello · 0:00\n\n  ○ write  ○ read\n\n  now     starting\n");
    }

    [Fact]
    public void Work_inside_a_branch_is_shown_at_the_node_that_holds_it()
    {
        LiveState state = State(new SampleRun().Node("research", "map").Node("research/1/read", "agent").Node("research/2/read", "agent"), ["research", "write"]);
        state.Nodes[0].State.ShouldBe(LiveNodeState.Active);
        state.Nodes[0].Inner.ShouldBe(2);
        Screens.Draw(100, console => console.Write(LiveScreen.Draw(state, state.Started, console))).ShouldContain("research [2 inside]");
    }

    [Fact]
    public void A_run_that_goes_on_shows_what_was_done_and_paid_before()
    {
        SampleRun run = SampleRun.Half().Node("review", "agent").Add(new NodeFailed("The run was cancelled.", false) { IsLeft = true }).End(RunOutcome.Cancelled);
        LiveState state = State(run.Pass(3_600).Add(new RunResumed(run.Events.Count)), Nodes);
        string text = Screens.Draw(100, console => console.Write(LiveScreen.Draw(state, state.Started, console)));
        text.ShouldContain("✓ plan");
        text.ShouldContain("● review");
        text.ShouldContain($"goes on after event {run.Events.Count - 1}, {"$0.000659"} already spent");
        text.ShouldContain(" · 0:00");
        text.ShouldNotContain("cancelled");
    }

    private static SampleRun Middle() => SampleRun.Half()
        .Node("code", "agent", 2)
        .Tool("workspace.read", """{"path":"src/Shop.Pricing/Checkout.cs","from":1,"to":80}""", "…")
        .Route("coder", "large", "rule 1: node == 'code' and visit > 1", new(2_904, 0, 0, 61));

    private static LiveState State(SampleRun run, string[] nodes)
    {
        var state = new LiveState("fix-failing-test", nodes, DateTimeOffset.UnixEpoch);
        foreach (RunEvent runEvent in run.Events)
            state.Apply(runEvent);
        return state;
    }

    private static string Draw(int width, SampleRun run)
    {
        LiveState state = State(run, Nodes);
        return Screens.Draw(width, console => console.Write(LiveScreen.Draw(state, run.Events[^1].Time, console)));
    }
}
