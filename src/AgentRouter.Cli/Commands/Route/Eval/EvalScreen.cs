using AgentRouter.Cli.Presentation;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Route.Eval;

/// <summary>The figures of <c>agentrouter route eval</c>, section by section.</summary>
/// <param name="console">Where to show them.</param>
/// <param name="policies">The routers and policy files to show; all when no router is named.</param>
internal sealed class EvalScreen(IAnsiConsole console, IReadOnlyList<string> policies)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the figures.</summary>
    public void Show(EvalReport report)
    {
        if (report.Pair is { } pair)
            new PairScreen(_screen, IsShown).Show(pair, report);
        if (report.Pool is { } pool)
            new PoolScreen(_screen, IsShown).Show(pool, report);
    }

    private bool IsShown(string router) => !policies.Any(EvalOptions.Policies.Contains) || policies.Contains(router) || EvalOptions.IsFile(router);
}
