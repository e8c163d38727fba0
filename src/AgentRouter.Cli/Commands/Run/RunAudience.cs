using AgentRouter.Cli.Commands.Run.Views;
using AgentRouter.Cli.Terminals;
using AgentRouter.Events;
using AgentRouter.Workflows.Definitions;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Run;

/// <summary>Who reads what a run says. Where programs read standard output, people read standard error.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="isJson">Whether JSON was asked for.</param>
internal sealed class RunAudience(Terminal terminal, bool isJson)
{
    /// <summary>Gets a value indicating whether programs read standard output.</summary>
    public bool IsForPrograms { get; } = isJson || terminal.IsRedirected;

    /// <summary>Gets a value indicating whether people want the report too.</summary>
    public bool WantsReport => !isJson;

    /// <summary>Gets a value indicating whether a person can be asked.</summary>
    public bool CanAsk => terminal.CanAsk && !IsForPrograms;

    /// <summary>Gets where people read.</summary>
    public IAnsiConsole People => IsForPrograms ? terminal.Error : terminal.Output;

    /// <summary>Gets where programs read.</summary>
    public TextWriter Lines => terminal.Lines;

    /// <summary>Makes what shows a run while it happens.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="past">What happened before, in a run that goes on.</param>
    /// <param name="timeProvider">The clock.</param>
    public IRunView CreateView(WorkflowDefinition workflow, IReadOnlyList<RunEvent> past, TimeProvider timeProvider)
    {
        if (IsForPrograms)
            return new JsonLinesView(terminal.Lines);
        if (!terminal.CanRedraw)
            return new PlainView(terminal.Output);
        var state = new LiveState(workflow.Name, workflow.Nodes.Select(node => node.Name), timeProvider.GetUtcNow());
        foreach (RunEvent runEvent in past)
            state.Apply(runEvent);
        return new LiveView(terminal.Output, state, timeProvider);
    }
}
