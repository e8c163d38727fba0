using System.Globalization;
using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Events;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Trace;

/// <summary>Shows what happened in a run: nodes, decisions with their reasons and candidates, money before and after, tool calls, failures.</summary>
internal sealed class TraceScreen(IAnsiConsole console)
{
    private const int MostResultLines = 6;
    private const int Deep = TraceMargin.Width;
    private readonly Screen _screen = new(console);
    private readonly LlmStepLines _steps = new(console);
    private readonly AgentChoiceLines _choices = new(console);
    private readonly SkillLines _skills = new(console);
    private readonly MemoryLines _memory = new(console);
    private string? _node;
    private string _margin = "";

    /// <summary>Shows a trace.</summary>
    /// <param name="commands">The run and its command lines.</param>
    /// <param name="trace">What happened.</param>
    public void Show(RunCommandLines commands, TraceModel trace)
    {
        string runId = commands.RunId;
        Headline(runId, trace);
        foreach (TraceEntry entry in trace.Entries)
        {
            if (entry is Happening { Event: NodeStarted started })
            {
                NodeHeader(started);
                continue;
            }

            if (entry.Node is { } node && node != _node)
                ContinueNode(node);
            Show(entry);
        }

        End(trace);
        _screen.Fact("fork", commands.Fork + " takes a number from the left", Palette.Muted);
    }

    private void Headline(string runId, TraceModel trace)
    {
        Glyphs glyphs = _screen.Glyphs;
        _screen.Line(new Paragraph(runId, Palette.Strong)
            .Append("  " + Untrusted.Line(trace.Started?.Workflow, 60))
            .Append($"  {OutcomeText.SignOf(trace.Ended?.Outcome, glyphs)} {OutcomeText.Of(trace.Ended?.Outcome)}", OutcomeText.StyleOf(trace.Ended?.Outcome)));
        if (trace.Started is not { } started)
            return;
        List<string> facts = [Numbers.Moment(started.Time) + " UTC"];
        if (trace.Ended is { } ended)
            facts.Add(Numbers.Duration(ended.Time - started.Time));
        // embedding alone takes no choice
        if (started.Policy.Length > 0)
            facts.Add("policy " + started.Policy);
        facts.Add(started.Budget.LimitUsd is { } limit ? "budget " + Numbers.Limit(limit) : "no money limit");
        if (started.Account is { } account)
            facts.Add("account " + account);
        _screen.Line(new Paragraph("  " + Untrusted.Line(string.Join($" {glyphs.Dot} ", facts)), Palette.Muted));
        foreach ((string name, string value) in started.Inputs)
            _screen.Fact("input", $"{name} = {Untrusted.Line(value, 120)}");
        foreach (ModelSummary model in started.Models)
            _screen.Fact("model", string.Create(CultureInfo.InvariantCulture, $"{model.Name} ({model.Tier}, {(model.Scripted ? "scripted" : model.Provider)}): ${model.Input} in, ${model.CachedRead} cached, ${model.Output} out per million"));
    }

    private void NodeHeader(NodeStarted started)
    {
        _node = started.Node;
        string visit = started.Visit > 1 ? string.Create(CultureInfo.InvariantCulture, $", visit {started.Visit}") : "";
        _screen.Title(Untrusted.Line(started.Node, 80), Untrusted.Line(started.Kind, 20) + visit);
    }

    private void ContinueNode(string node)
    {
        _node = node;
        _screen.Title(Untrusted.Line(node, 80), "goes on");
    }

    private void Show(TraceEntry entry)
    {
        switch (entry)
        {
            case LlmStep step:
                _steps.Show(step);
                break;
            case ToolStep tool:
                Tool(tool);
                break;
            case Happening happening:
                _margin = TraceMargin.Of(happening);
                Happened(happening.Event);
                _margin = "";
                break;
        }
    }

    private void Tool(ToolStep tool)
    {
        string number = TraceMargin.Step(tool.Called.Step);
        (char sign, Style style, string time) = tool.Returned switch
        {
            null => (_screen.Glyphs.Open, Palette.Warning, "no result"),
            { Succeeded: true } returned => (_screen.Glyphs.Done, Palette.Good, Numbers.Duration(returned.Duration)),
            { } returned => (_screen.Glyphs.Failed, Palette.Bad, Numbers.Duration(returned.Duration)),
        };
        string name = Untrusted.Line(tool.Called.Tool, 40);
        int left = Math.Max(0, _screen.Width - 12 - number.Length - name.Length - time.Length);
        _screen.Line(new Paragraph(TraceMargin.Of(tool), Palette.Muted).Append(number, Palette.Muted).Append($"{sign} ", style).Append(name)
            .Append("  " + Untrusted.Line(tool.Called.Arguments, left), Palette.Muted).Append("  " + time, Palette.Muted));
        if (tool.Returned is { Result.Length: > 0 } result)
            Result(result.Result);
    }

    private void Result(string result)
    {
        string[] lines = Untrusted.Block(result).Trim('\n').Split('\n');
        int width = Math.Max(10, _screen.Width - Deep - 3);
        foreach (string line in lines.Take(MostResultLines))
            Note(line.Length > width ? line[..(width - 1)] + _screen.Glyphs.Cut : line, Palette.Muted);
        if (lines.Length > MostResultLines)
            Note($"{_screen.Glyphs.Cut} {Numbers.Of(lines.Length - MostResultLines, "more line")}", Palette.Muted);
    }

    private void Happened(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case AgentRouted routed:
                _choices.Show(routed);
                break;
            case SkillsFound found:
                Note($"a model chooses from {Numbers.Of(found.Skills.Count, "skill")}", Palette.Muted);
                break;
            case SkillsOffered offered:
                _skills.Show(offered);
                break;
            case MemorySearched searched:
                Note(MemoryLines.TextOf(searched), Palette.Muted);
                break;
            case TaskEmbedded embedded:
                Note(MemoryLines.TextOf(embedded), Palette.Muted);
                break;
            case MemoryRecalled recalled:
                _memory.Show(recalled);
                break;
            case FactsAsked asked:
                Note(MemoryLines.TextOf(asked), Palette.Muted);
                break;
            case MemoryRemembered remembered:
                Note(MemoryLines.TextOf(remembered), Palette.Muted);
                break;
            case ContextCompacted compacted:
                Note(ContextLines.TextOf(compacted), Palette.Muted);
                break;
            case BudgetSettled { Step: null } embedded:
                Note(SkillLines.TextOf(embedded), Palette.Muted);
                break;
            case SkillOpened opened:
                Note(SkillLines.TextOf(opened), Palette.Muted);
                break;
            case NodeFinished finished:
                string verified = finished.Verified is { } yes ? $", verified: {(yes ? "yes" : "no")}" : "";
                Note($"done in {Numbers.Duration(finished.Duration)}{verified}", finished.Verified == false ? Palette.Warning : Palette.Muted);
                break;
            case NodeFailed failed:
                Note($"failed: {failed.Reason}" + (failed.RetriesAfter is { } pause ? $" (tried again in {Numbers.Duration(pause)})" : failed.Handled ? " (an onError edge goes on)" : ""), Palette.Bad);
                break;
            case EdgeTaken edge:
                Note($"{_screen.Glyphs.Arrow} {edge.To}" + (edge.When is { } when ? $"  because {when}" : ""), Palette.Accent);
                break;
            case GrantGiven grant:
                Note($"{grant.Child} is given {(grant.Budget.LimitUsd is { } usd ? Numbers.Limit(usd) : "a share")}", Palette.Muted);
                break;
            case GrantReturned returned:
                Note($"{returned.Child} spent {Numbers.Money(returned.Spent.Usd)}; the rest returns", Palette.Muted);
                break;
            case WrapUpStarted wrapUp:
                Note("the budget is used up: the last answer is made" + (wrapUp.Available is { } money ? $" from {Numbers.Money(money)}" : ""), Palette.Warning);
                break;
            case BudgetRefused refused:
                Note(refused.Refusal.ToString(), Palette.Bad);
                break;
            case PersonAsked asked:
                Note("asks: " + asked.Question + (asked.Choices.Count > 0 ? $" ({string.Join(", ", asked.Choices)})" : ""), Palette.Plain);
                break;
            case PersonAnswered answered:
                Note("answer: " + answered.Answer + (answered.ByDefault ? " (the default)" : ""), Palette.Plain);
                break;
            case ToolApproved approved:
                Note($"{approved.Tool} is approved", Palette.Plain);
                break;
            case RunEnded left:
                Note($"the work ended here: {OutcomeText.Of(left.Outcome)}", Palette.Warning);
                break;
            case RunResumed resumed:
                Note($"another process goes on after event {Numbers.Count(resumed.After)}", Palette.Warning);
                break;
            case RunForked forked:
                Forked(forked);
                break;
            case RunWarning warning:
                Note("note: " + warning.Message, Palette.Warning);
                break;
        }
    }

    private void Forked(RunForked forked)
    {
        string set = forked.Set.Count == 0 ? "" : ", with another " + string.Join(", ", forked.Set.Keys);
        Note($"a fork of {forked.From} up to its event {Numbers.Count(forked.At)}{set}", Palette.Warning);
    }

    private void Note(string text, Style style) =>
        _screen.Write(new Hanging(_margin, Palette.Muted, Deep, new Text(Untrusted.Block(text).TrimEnd(), style)));

    private void End(TraceModel trace)
    {
        _screen.Gap();
        if (trace.Ended is not { } ended)
        {
            _screen.Fact("end", "The record has no end: the run still works, or its process ended before it did.", Palette.Warning);
            return;
        }

        _screen.Fact("outcome", OutcomeText.Of(ended.Outcome) + (ended.Reason is { Length: > 0 } reason ? ": " + reason : ""), OutcomeText.StyleOf(ended.Outcome));
        string limit = ended.Budget.LimitUsd is { } usd ? " of " + Numbers.Limit(usd) : "";
        _screen.Fact("spent", $"{Numbers.Money(ended.Budget.Spent.Usd)}{limit} in {Numbers.Of(ended.Budget.Spent.Calls, "call")}, {Numbers.Of(ended.Budget.Spent.Tokens, "token")}");
    }
}
