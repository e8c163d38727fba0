using AgentRouter.Events;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Nodes.End;

/// <summary><c>end: succeeded</c> or <c>end: failed</c>, with <c>answer</c> and <c>reason</c>.</summary>
internal sealed class EndNodeReader : NodeReader<EndNode>
{
    private static readonly Dictionary<string, RunOutcome> Outcomes = new() { ["succeeded"] = RunOutcome.Succeeded, ["failed"] = RunOutcome.Failed };

    public override string Kind => EndNode.KindName;

    public override EndNode Read(NodeReading reading) => new()
    {
        Name = reading.Name,
        Outcome = reading.Map.Require(EndNode.KindName, "end: succeeded or end: failed") is null ? RunOutcome.Failed : reading.Map.Choice(EndNode.KindName, Outcomes) ?? RunOutcome.Failed,
        Answer = reading.Map.Template("answer"),
        Reason = reading.Map.Template("reason"),
    };

    public override void Check(EndNode node, NodeChecking checking)
    {
        checking.Template(node, node.Answer, "answer");
        checking.Template(node, node.Reason, "reason");
        if (node.Outcome is not (RunOutcome.Succeeded or RunOutcome.Failed))
            checking.Error(node, "A run ends succeeded or failed.", null, "end");
        if (node.Next.Count > 0)
            checking.Error(node, $"The run ends at '{node.Name}'; there is no next.", "Remove 'next'.", "next");
        if (node.OnError is not null)
            checking.Error(node, "An end cannot fail; there is no onError.", "Remove 'onError'.", "onError");
    }
}
