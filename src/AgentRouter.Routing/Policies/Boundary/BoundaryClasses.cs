using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Boundary.Model;
using AgentRouter.Routing.Policies.Boundary.Training;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Policies.Boundary;

/// <summary>Finds the class of a step: its node, else its role, else the band of its last request, else the class of all others.</summary>
internal static class BoundaryClasses
{
    /// <summary>What the names of classes of nodes begin with.</summary>
    public const string NodePrefix = OutcomeRow.NodePrefix;

    /// <summary>What the names of classes of roles begin with.</summary>
    public const string RolePrefix = "role ";

    /// <summary>Finds the class of a step.</summary>
    /// <param name="model">The model.</param>
    /// <param name="step">The step.</param>
    /// <returns>The class's index.</returns>
    public static int Find(BoundaryModel model, StepContext step)
    {
        StepIdentity identity = step.Identity;
        int other = 0, role = -1;
        ReadOnlySpan<char> node = identity.Node;
        // the node of a branch or of a map item is written as a path
        node = node[(node.LastIndexOf('/') + 1)..];
        for (int i = 0; i < model.Classes.Count; i++)
        {
            ReadOnlySpan<char> name = model.Classes[i].Name;
            if (Is(name, NodePrefix, node))
                return i;
            if (role < 0 && Is(name, RolePrefix, identity.Role))
                role = i;
            if (name is BoundaryTrainer.Other)
                other = i;
        }

        if (role >= 0 || model.Risk is not { } risk)
            return role >= 0 ? role : other;
        int band = model.IndexOf(BoundaryRisk.ClassName(risk.BandOf(LastRequest(step.Messages), identity.Node, "")));
        return band >= 0 ? band : other;
    }

    private static string? LastRequest(IReadOnlyList<ChatMessage> messages)
    {
        for (int i = messages.Count - 1; i >= 0; i--)
        {
            if (messages[i].Role == ChatRole.User)
                return messages[i].Text;
        }

        return null;
    }

    private static bool Is(ReadOnlySpan<char> name, string prefix, ReadOnlySpan<char> word) =>
        word.Length > 0 && name.Length == prefix.Length + word.Length && name.StartsWith(prefix) && name.EndsWith(word);
}
