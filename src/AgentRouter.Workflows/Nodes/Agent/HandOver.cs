using System.Text;
using System.Text.Json.Nodes;
using AgentRouter.Workflows.Engine;

namespace AgentRouter.Workflows.Nodes.Agent;

/// <summary>What an agent is told when its node has no prompt: the inputs and the outputs so far, each in its own tags.</summary>
internal static class HandOver
{
    private const int PerValue = 6_000;
    private const int Total = 24_000;

    public static string Write(WorkflowInstance workflow)
    {
        var text = new StringBuilder();
        foreach ((string name, JsonNode? value) in workflow.Inputs)
            Append(text, "input", name, value);
        foreach (RunningNode node in workflow.Nodes)
        {
            if (node.HasOutput)
                Append(text, "output", node.Definition.Output ?? node.Definition.Name, node.Output);
        }

        return text.Length == 0 ? "Begin." : text.ToString();
    }

    private static void Append(StringBuilder text, string tag, string name, JsonNode? value)
    {
        int room = Math.Min(PerValue, Total - text.Length);
        if (room <= 0)
            return;
        // a value that writes the closing tag cannot step out of it
        string content = TextLimit.Shorten(JsonText.Plain(value), room).Replace($"</{tag}>", $"<\\/{tag}>", StringComparison.OrdinalIgnoreCase);
        text.Append('<').Append(tag).Append(" name=\"").Append(name).Append("\">\n").Append(content).Append("\n</").Append(tag).Append(">\n");
    }
}
