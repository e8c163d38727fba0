using AgentRouter.Configuration;

namespace AgentRouter.CrashWorker.Work;

/// <summary>Scripted models need no key.</summary>
internal sealed class NoSecrets : ISecretSource
{
    public string? Find(string name) => null;
}
