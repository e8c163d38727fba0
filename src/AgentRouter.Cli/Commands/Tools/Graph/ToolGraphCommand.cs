using System.CommandLine;
using AgentRouter.Cli.CommandLine;

namespace AgentRouter.Cli.Commands.Tools.Graph;

/// <summary><c>agentrouter tools graph</c>.</summary>
internal static class ToolGraphCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var file = new Argument<string?>("FILE") { Description = "A tool graph, or a workflow that names one.", Arity = ArgumentArity.ZeroOrOne };
        Option<string[]> goals = Several("--goal", "NAME", "Show the way to this goal or capability alone; may be given several times.");
        Option<string[]> down = Several("--down", "TOOL", "Look for the ways without these tools, by their names in the graph.");
        Option<string[]> servers = Several("--mcp", "NAME", "Make the graph of the tools of an MCP server of agentrouter.yaml instead. The server is started.");
        Option<string> format = new Option<string>("--format") { HelpName = "FORMAT", Description = "table (the default), mermaid, dot, or yaml: a file to go on from.", DefaultValueFactory = _ => ToolGraphFormat.Table }
            .AcceptOnlyFromAmong(ToolGraphFormat.Table, ToolGraphFormat.Mermaid, ToolGraphFormat.Dot, ToolGraphFormat.Yaml);
        var output = new Option<string?>("--out", "--output") { HelpName = "FILE", Description = "Write mermaid, dot or yaml to a file." };
        var json = new Option<bool>("--json") { Description = "Write the tools and the ways as JSON." };
        Option<string?> configuration = SharedOptions.Configuration();
        var command = new CliCommand("graph", "Shows a tool graph, the cheapest way to each goal, and what is left of it when a tool is down.")
        {
            Examples =
            [
                new Example("tools graph samples/self-healing/graph.yaml", "Its tools, and the way to each goal."),
                new Example("tools graph samples/self-healing/graph.yaml --goal refund --down northpay", "The way around a tool."),
                new Example("tools graph samples/self-healing/graph.yaml --format mermaid", "A drawing to paste into a Markdown page."),
                new Example("tools graph --mcp shop --format yaml --out graphs/tools/shop.yaml", "A graph made of what a server says of its tools."),
            ],
        };
        command.Add(file);
        foreach (Option option in (Option[])[goals, down, servers, format, output, json, configuration])
            command.Add(option);
        command.SetAction((result, cancellationToken) =>
        {
            var options = new ToolGraphOptions
            {
                File = result.GetValue(file),
                Goals = result.GetValue(goals) ?? [],
                Down = result.GetValue(down) ?? [],
                Servers = result.GetValue(servers) ?? [],
                Format = result.GetRequiredValue(format),
                Output = result.GetValue(output),
                IsJson = result.GetValue(json),
                Configuration = result.GetValue(configuration),
            };
            return new ToolGraphHandler(context, options).RunAsync(cancellationToken);
        });
        return command;
    }

    private static Option<string[]> Several(string name, string help, string description) =>
        new(name) { HelpName = help, Description = description, AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.ZeroOrMore };
}
