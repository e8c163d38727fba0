using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads how often a node is tried: <c>retry: { attempts: 3, delay: 2s }</c>.</summary>
internal static class NodeRetryReader
{
    public static NodeRetry? Read(MapReader? map)
    {
        if (map is null)
            return null;
        map.Require("attempts", "retry: { attempts: 3, delay: 2s }");
        var retry = new NodeRetry((int)(map.Integer("attempts", 2, NodeRetry.MostAttempts) ?? 2), map.Duration("delay") ?? NodeRetry.DefaultDelay);
        map.Finish();
        return retry;
    }
}
