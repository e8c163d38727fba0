namespace AgentRouter.Providers.Tests;

/// <summary>The kinds of provider, each streaming and not.</summary>
public static class ProviderTestCases
{
    public static TheoryData<string, bool> All => new()
    {
        { "openai", false }, { "openai", true }, { "anthropic", false }, { "anthropic", true }, { "ollama", false }, { "ollama", true },
    };
}
