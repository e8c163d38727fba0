using System.Text.Json.Nodes;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Nodes.Workflow;

/// <summary><c>workflow: review.yaml</c> with <c>inputs</c> and <c>grant</c>.</summary>
internal sealed class WorkflowNodeReader : NodeReader<WorkflowNode>
{
    public override string Kind => WorkflowNode.KindName;

    public override WorkflowNode Read(NodeReading reading)
    {
        string? path = Values.Text(reading.File, reading.Value, reading.Map.Of(WorkflowNode.KindName));
        return new WorkflowNode
        {
            Name = reading.Name,
            Workflow = (path is null ? null : reading.Workflow.Session.Nested(reading.File, reading.Value, path)) ?? new WorkflowDefinition { Name = reading.Name, Nodes = [] },
            Inputs = ArgumentsReader.Read(reading.Map.Map("inputs")),
            Grant = BudgetReader.ReadGrant(reading.Map.Map("grant"), reading.Sources),
        };
    }

    public override void Check(WorkflowNode node, NodeChecking checking)
    {
        checking.Arguments(node, node.Inputs, "inputs");
        if (node.Grant is { } grant)
            checking.Grants(node, [grant]);
        if (node.Workflow.Nodes.Count > 0)
            CheckInputs(node, checking);
        checking.ToolGraph(node);
    }

    private static void CheckInputs(WorkflowNode node, NodeChecking checking)
    {
        foreach ((string name, object? value) in node.Inputs)
        {
            if (node.Workflow.Inputs.FirstOrDefault(input => input.Name == name) is not { } input)
                checking.UnknownKey(node, $"The workflow '{node.Workflow.Name}' has no input '{name}'.", node.Workflow.Inputs.Select(each => each.Name), "inputs", name);
            else if (value is JsonNode json && InputCheck.Mismatch(input, json) is { } problem)
                checking.Error(node, problem, null, "inputs", name);
        }

        foreach (InputDefinition input in node.Workflow.Inputs.Where(input => input.Default is null && !node.Inputs.ContainsKey(input.Name)))
            checking.Error(node, $"The workflow '{node.Workflow.Name}' needs the input '{input.Name}'.", $"Add inputs: {{ {input.Name}: … }}.", "inputs");
    }
}
