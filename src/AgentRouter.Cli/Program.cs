using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Terminals;
using Spectre.Console;

Terminal terminal = Terminal.OfProcess();
using StopSignal stop = new StopSignal(endAtOnce: () =>
{
    if (terminal.CanRedraw)
        terminal.Output.Cursor.Show();
    Environment.Exit(ExitCodes.Cancelled);
}).Listen();
return await AgentRouterCommand.InvokeAsync(args, ProcessContext.Create(terminal), stop.Token);
