using AgentRouter.Configuration;

namespace AgentRouter.Providers.Tests.Fakes;

public sealed class FakeSecrets(Dictionary<string, string> secrets) : ISecretSource
{
    public string? Find(string name) => secrets.GetValueOrDefault(name);
}
