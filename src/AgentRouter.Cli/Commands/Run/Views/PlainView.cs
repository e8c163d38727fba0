using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Events;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Run.Views;

/// <summary>A line for each thing that happens, where the terminal cannot be drawn again in place.</summary>
internal sealed class PlainView(IAnsiConsole console) : IRunView
{
    private const int LabelWidth = 14;

    /// <inheritdoc/>
    public void Show(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case NodeStarted node:
                Write(node.Node, $"begins ({node.Kind}" + (node.Visit > 1 ? $", visit {node.Visit})" : ")"));
                break;
            case AgentRouted chosen:
                Write(chosen.Node, $"{string.Join(", ", chosen.Chosen)}: {chosen.Reason}");
                break;
            case MemoryRecalled { Notes.Count: > 0 } recalled:
                Write(recalled.Node, $"recalls {Numbers.Of(recalled.Notes.Count, "note")}");
                break;
            case MemoryRemembered { Facts: { } facts } remembered:
                Write(remembered.Node, $"remembers {Numbers.Of(facts, "fact")}");
                break;
            case ContextCompacted compacted:
                Write(compacted.Node, ContextLines.TextOf(compacted));
                break;
            case SkillOpened { File: null } skill:
                Write(skill.Node, $"opens the skill {skill.Name}");
                break;
            case StepRouted routed:
                Write(routed.Node, $"{routed.Tier}: {routed.Model}, {routed.Reason}");
                break;
            case BudgetSettled settled:
                Write(settled.Node, $"{Numbers.Money(settled.Booked.Usd)} booked, {Numbers.Money(settled.After.Spent.Usd)} spent in all");
                break;
            case ToolReturned tool:
                Write(tool.Node, $"{tool.Tool} {(tool.Succeeded ? "done" : "failed")} in {Numbers.Duration(tool.Duration)}");
                break;
            case CallFailed failed:
                Write(failed.Node, $"{failed.Model}: {failed.Message} ({failed.Next})");
                break;
            case NodeFailed failed:
                Write(failed.Node, $"failed: {failed.Reason}" + (failed.RetriesAfter is { } pause ? $" (tried again in {Numbers.Duration(pause)})" : ""));
                break;
            case RunWarning warning:
                Write("note", warning.Message);
                break;
        }
    }

    /// <inheritdoc/>
    public Task<T> PauseAsync<T>(Func<Task<T>> ask) => ask();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        console.WriteLine();
        return ValueTask.CompletedTask;
    }

    private void Write(string? label, string text) =>
        console.Write(new Text(Untrusted.Line(label, LabelWidth).PadRight(LabelWidth + 1) + Untrusted.Line(text, 300) + "\n"));
}
