using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.Tools.Workspace;
using Microsoft.Extensions.AI;

namespace AgentRouter.Tools.Tests.Support;

/// <summary>The workspace tools, open on a temporary folder, called as models and workflows call them.</summary>
public sealed class OpenWorkspace : IAsyncDisposable
{
    private readonly IToolSession _session;

    private OpenWorkspace(TemporaryFolder folder, IToolSession session, List<string> warnings)
    {
        Folder = folder;
        _session = session;
        Warnings = warnings;
    }

    public TemporaryFolder Folder { get; }

    public List<string> Warnings { get; }

    public IReadOnlyList<OpenTool> Tools => _session.Tools;

    public static async Task<OpenWorkspace> CreateAsync(Action<WorkspaceToolOptions>? configure = null, TimeProvider? timeProvider = null, string? root = null)
    {
        var folder = new TemporaryFolder();
        var warnings = new List<string>();
        var options = new WorkspaceToolOptions { Sandbox = { Mode = SandboxMode.Plain } };
        configure?.Invoke(options);
        var context = new ToolContext
        {
            RunId = "run-1",
            WorkspaceRoot = root ?? folder.Path,
            TimeProvider = timeProvider ?? TimeProvider.System,
            Warn = warnings.Add,
        };
        return new OpenWorkspace(folder, await new WorkspaceToolSource(options).OpenAsync(context), warnings);
    }

    public async Task<object?> CallAsync(string tool, object arguments, CancellationToken cancellationToken = default)
    {
        AIFunction function = _session.Tools.Single(open => open.Description.FullName == "workspace." + tool).Function;
        // as they come from a model: JSON
        var values = JsonSerializer.SerializeToElement(arguments).EnumerateObject().ToDictionary(property => property.Name, property => (object?)property.Value);
        return await function.InvokeAsync(new AIFunctionArguments(values), cancellationToken);
    }

    public async Task<JsonElement> CallJsonAsync(string tool, object arguments, CancellationToken cancellationToken = default) =>
        (await CallAsync(tool, arguments, cancellationToken)).ShouldBeOfType<JsonElement>();

    public async Task<string> CallTextAsync(string tool, object arguments) => (await CallAsync(tool, arguments)).ShouldBeOfType<string>();

    public async Task<string> RefusalAsync(string tool, object arguments) =>
        (await Should.ThrowAsync<ToolException>(() => CallAsync(tool, arguments))).Message;

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        Folder.Dispose();
    }
}
