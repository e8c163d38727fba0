using System.Text.Json.Nodes;
using AgentRouter.Events;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Tests.Engine;
using Microsoft.Extensions.AI;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Nodes;

public sealed class ToolRunnerTests
{
    [Fact]
    public async Task Tools_that_cannot_be_closed_leave_no_others_open()
    {
        FakeTools first = new FakeTools("one").Add("read", () => "x");
        FakeTools stuck = new FakeTools("two") { FailsToClose = true }.Add("read", () => "x");
        var bench = new Bench { Tools = { first, stuck } };

        RunResult result = await bench.RunAsync(Workflow(Tool("a", "one.read", "b"), Tool("b", "two.read"), Done()));

        result.Outcome.ShouldBe(RunOutcome.Succeeded);
        first.Closed.ShouldBeTrue();
        bench.Of<RunWarning>().Single().Message.ShouldContain("The door is stuck.");
    }

    [Fact]
    public async Task Arguments_are_filled_in_and_the_result_can_be_read_by_path()
    {
        var bench = new Bench(FakeModel.Saying("a.txt")) { WorkspaceRoot = "/somewhere" };
        var box = new FakeTools("box").Add("read", (string path, int lines) => new { path, lines, nested = new { ok = true } });
        bench.Tools.Add(box);

        RunResult result = await bench.RunAsync(Workflow(
            Agent("plan", "read"), Tool("read", "box.read", "done", ("path", Text("src/{{ plan }}")), ("lines", JsonValue.Create(7))),
            Done(answer: "{{ read.path }} {{ read.lines }} {{ read.nested.ok }}")));

        result.Answer.ShouldBe("src/a.txt 7 true");
        box.Opened!.WorkspaceRoot.ShouldBe("/somewhere");
        box.Opened.RunId.ShouldBe("run-1");
        box.Closed.ShouldBeTrue();
        bench.Of<ToolCalled>().Single().CallId.ShouldBe("step-2");
    }

    [Fact]
    public async Task Text_contents_are_read_as_text()
    {
        var bench = new Bench { Tools = { new FakeTools("box").Add("say", AIContent[] () => [new TextContent("one "), new TextContent("two")]) } };

        (await bench.RunAsync(Workflow(Tool("say", "box.say"), Done()))).Outcome.ShouldBe(RunOutcome.Succeeded);
    }

    [Fact]
    public async Task Long_results_are_shortened_in_the_record_and_whole_in_the_output()
    {
        var bench = new Bench { Tools = { new FakeTools("box").Add("say", () => new string('x', 5_000)) } };

        RunResult result = await bench.RunAsync(Workflow(Tool("say", "box.say"), Done()));

        result.Outputs["say"]!.GetValue<string>().Length.ShouldBe(5_000);
        bench.Of<ToolReturned>().Single().Result.ShouldBe(new string('x', 2_000) + "… (3,000 more characters)");
    }

    [Fact]
    public async Task Tools_that_cannot_be_opened_fail_the_run_with_the_source_named()
    {
        var bench = new Bench { Tools = { new BrokenSource() } };

        RunResult result = await bench.RunAsync(Workflow(Tool("say", "broken.say"), Done()));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason.ShouldBe("The tools 'broken' cannot be opened: The server does not start.");
    }

    private sealed class BrokenSource : AgentRouter.Tools.IToolSource
    {
        public string Name => "broken";

        public IReadOnlyList<AgentRouter.Tools.ToolDescription>? Descriptions => null;

        public ValueTask<AgentRouter.Tools.IToolSession> OpenAsync(AgentRouter.Tools.ToolContext context, CancellationToken cancellationToken = default) =>
            throw new IOException("The server does not start.");
    }
}
