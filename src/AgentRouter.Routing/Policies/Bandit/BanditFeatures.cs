using AgentRouter.Routing.Outcomes;
using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies.Bandit;

/// <summary>Says by names what kind of step a step is. What is usual has no name, so that its outcomes count for all kinds alike.</summary>
internal static class BanditFeatures
{
    /// <summary>LLM calls from which a task counts as long.</summary>
    private const int Long = 10;

    /// <summary>The name of a group: what an outcome table calls a group, which is <c>node NAME</c> for a workflow's node, or an agent.</summary>
    public static string Group(string name) => "group:" + name;

    /// <summary>The name of a source within groups: the role of an agent.</summary>
    public static string Source(string name) => "source:" + name;

    /// <summary>Names the features of a row of an outcome table: those of a step that is like it and on which nothing has gone wrong yet.</summary>
    public static IReadOnlyList<string> Of(OutcomeRow row) => row.Role is { } role ? [Group(row.Group), Source(role)] : [Group(row.Group)];

    /// <summary>Names the features of a step.</summary>
    public static IReadOnlyList<string> Of(StepContext step)
    {
        StepIdentity identity = step.Identity;
        StepFeatures features = step.Features;
        var names = new List<string>(6) { Group(identity.Node is { } node ? OutcomeRow.GroupOfNode(node) : identity.Agent ?? "") };
        if (identity.Role is { } role)
            names.Add(Source(role));
        if (identity.Visit > 1)
            names.Add(identity.Visit == 2 ? "visit:2" : "visit:3+");
        if (features.ChecksFailed > 0)
            names.Add(features.ChecksFailed == 1 ? "checksFailed:1" : "checksFailed:2+");
        if (features.RecentToolErrors > 0)
            names.Add("toolErrors:1+");
        if (features.StepIndex >= Long)
            names.Add("step:10+");
        return names;
    }
}
