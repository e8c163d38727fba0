using System.Text;
using System.Text.Json.Nodes;
using AgentRouter.Workflows.Engine;

namespace AgentRouter.Workflows.Nodes.Agent;

/// <summary>What an agent is told when its node has no prompt: the inputs and the outputs so far, each in its own tags.</summary>
internal static class HandOver
{
    public static string Write(WorkflowInstance workflow)
    {
        var text = new StringBuilder();
        foreach ((string name, JsonNode? value) in workflow.Inputs)
            FencedText.Append(text, "input", name, JsonText.Plain(value));
        foreach (RunningNode node in workflow.Nodes)
        {
            if (node.HasOutput)
                FencedText.Append(text, "output", node.Definition.Output ?? node.Definition.Name, JsonText.Plain(node.Output));
        }

        return text.Length == 0 ? "Begin." : text.ToString();
    }
}
