using AgentRouter.Providers.Scripted;

namespace AgentRouter.Providers.Tests.Scripted;

public sealed class ShippedScriptsTests
{
    [Fact]
    public void Every_shipped_script_loads()
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "AgentRouter.sln")))
            root = Path.GetDirectoryName(root);
        string[] files = Directory.GetFiles(Path.Combine(root.ShouldNotBeNull(), "graphs", "scripts"), "*.yaml");

        files.ShouldNotBeEmpty();
        foreach (string file in files)
            Script.Load(file).Replies.ShouldNotBeEmpty(file);
    }
}
