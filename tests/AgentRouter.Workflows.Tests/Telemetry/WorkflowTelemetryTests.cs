using System.Diagnostics;
using System.Diagnostics.Metrics;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Tests.Engine;
using Microsoft.Extensions.AI;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Telemetry;

public sealed class WorkflowTelemetryTests
{
    [Fact]
    public async Task A_run_is_a_tree_of_spans_workflow_agent_call_and_tool()
    {
        using var root = new Activity("test").SetIdFormat(ActivityIdFormat.W3C);
        root.Start();
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "AgentRouter" || source.Name.Contains("Microsoft.Extensions.AI", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans)
                    spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        var bench = new Bench(new FakeModel((messages, _) => messages[^1].Role == ChatRole.Tool ? FakeModel.Text("secret answer") : FakeModel.Call("box_read", ("path", "secret.txt"))));
        bench.Tools.Add(new FakeTools("box").Add("read", (string path) => "secret content"));

        RunResult result = await bench.RunAsync(Workflow(Agent("code", agent: Def("coder") with { Tools = ["box"] }), Done()));

        // other tests run at the same time: only this trace counts
        List<Activity> own = [.. spans.Where(span => span.TraceId == root.TraceId).OrderBy(span => span.StartTimeUtc)];
        Activity workflow = own.Single(span => span.DisplayName == "invoke_workflow test");
        Activity agent = own.Single(span => span.DisplayName == "invoke_agent coder");
        Activity tool = own.Single(span => span.DisplayName == "execute_tool box.read");
        workflow.ParentSpanId.ShouldBe(root.SpanId);
        agent.ParentSpanId.ShouldBe(workflow.SpanId);
        tool.ParentSpanId.ShouldBe(agent.SpanId, string.Join("; ", own.Select(span => $"{span.DisplayName} {span.SpanId} in {span.ParentSpanId}")));
        own.Where(span => span.DisplayName == "agentrouter.route").Select(span => span.ParentSpanId).ShouldBe([agent.SpanId, agent.SpanId]);
        own.ShouldNotContain(span => span.DisplayName.Contains("orchestrate_tools"));
        own.Count(span => span.DisplayName.StartsWith("execute_tool", StringComparison.Ordinal)).ShouldBe(1);
        workflow.GetTagItem("gen_ai.operation.name").ShouldBe("invoke_workflow");
        workflow.GetTagItem("agentrouter.run.id").ShouldBe(result.RunId);
        workflow.GetTagItem("agentrouter.run.outcome").ShouldBe("succeeded");
        agent.GetTagItem("gen_ai.agent.name").ShouldBe("coder");
        agent.GetTagItem("agentrouter.node").ShouldBe("code");
        tool.GetTagItem("gen_ai.tool.call.id").ShouldBe("call-1");
        own.SelectMany(span => span.TagObjects).ShouldAllBe(tag => !$"{tag.Value}".Contains("secret"), "content is recorded only when asked for");
    }

    [Fact]
    public async Task Runs_and_tools_are_measured()
    {
        var seen = new List<(string Name, double Value, string? Tag)>();
        string name = "measured-" + nameof(WorkflowTelemetryTests);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "AgentRouter")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                lock (seen)
                    seen.Add((instrument.Name, value, tag.Value?.ToString()));
            }
        });
        listener.Start();
        var bench = new Bench { Tools = { new FakeTools(name).Add("read", string () => throw new Tools.ToolException("no")) } };

        await bench.RunAsync(Workflow(Agent("a", "t"), Tool("t", name + ".read"), Done()) with { Name = name });

        lock (seen)
        {
            seen.ShouldContain(m => m.Name == "agentrouter.run.cost" && m.Tag == name && m.Value > 0);
            seen.ShouldContain(m => m.Name == "agentrouter.run.duration" && m.Tag == name);
            seen.ShouldContain(m => m.Name == "agentrouter.tool.duration" && m.Tag == name + ".read");
        }
    }
}
