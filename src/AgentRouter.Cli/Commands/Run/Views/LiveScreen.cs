using System.Globalization;
using AgentRouter.Budgets;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AgentRouter.Cli.Commands.Run.Views;

/// <summary>Draws the live view: at most some fifteen lines, each cut to the terminal's width.</summary>
internal static class LiveScreen
{
    private const int LabelWidth = 10;
    private const int MaxNodeLines = 3;
    private const int NarrowWidth = 70;

    /// <summary>Draws a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="now">The time.</param>
    /// <param name="console">Where it will be shown; its width and signs are used.</param>
    public static IRenderable Draw(LiveState state, DateTimeOffset now, IAnsiConsole console)
    {
        Glyphs glyphs = Glyphs.For(console.Profile.Capabilities);
        int width = Math.Max(20, console.Profile.Width - 1);
        var lines = new List<IRenderable> { Header(state, now, width, glyphs), Text.Empty };
        lines.AddRange(Graph(state, width, glyphs));
        lines.Add(Text.Empty);
        if (state.Origin is { } origin)
            lines.Add(Fact("goes on", origin, width, Palette.Muted));
        lines.Add(Fact("now", state.Now, width, Palette.Accent));
        if (!state.HasBegun)
            return new Rows(lines);
        if (state.Decision is { } decision)
            lines.Add(Fact("router", $"{decision.Tier} {glyphs.Arrow} {decision.Model}: {decision.Reason}", width, Palette.Plain));
        lines.Add(Money(state.Budget, width, glyphs));
        lines.Add(Fact("used", Counts(state.Budget, glyphs), width, Palette.Plain));
        if (state.Tools.Count > 0)
        {
            lines.Add(Text.Empty);
            lines.AddRange(state.Tools.Select(tool => Tool(tool, now, width, glyphs)));
        }

        if (state.Trouble is { } trouble)
            lines.Add(Fact("note", trouble, width, Palette.Warning));
        return new Rows(lines);
    }

    private static Paragraph Header(LiveState state, DateTimeOffset now, int width, Glyphs glyphs)
    {
        TimeSpan elapsed = now > state.Started ? now - state.Started : TimeSpan.Zero;
        string policy = state.HasBegun ? $" {glyphs.Dot} {Untrusted.Line(state.Policy, 20)}" : "";
        string facts = $"{policy} {glyphs.Dot} {(int)elapsed.TotalMinutes}:{elapsed.Seconds:00}" + (state.IsScripted ? $" {glyphs.Dot} scripted models" : "");
        return new ClippedLine(width).Append(Untrusted.Line(state.Workflow, Math.Max(8, width - facts.Length)), Palette.Strong).Append(facts, Palette.Muted).Paragraph;
    }

    private static List<IRenderable> Graph(LiveState state, int width, Glyphs glyphs)
    {
        var lines = new List<Paragraph>();
        var line = new Paragraph("  ");
        int used = 2;
        for (int i = 0; i < state.Nodes.Count; i++)
        {
            (string text, Style style) = Node(state.Nodes[i], glyphs);
            string gap = used > 2 ? "  " : "";
            if (used > 2 && used + gap.Length + text.Length > width)
            {
                lines.Add(line);
                (line, used, gap) = (new Paragraph("  "), 2, "");
                if (lines.Count == MaxNodeLines)
                {
                    line = new Paragraph($"  {glyphs.Cut} {state.Nodes.Count - i} more nodes", Palette.Muted);
                    break;
                }
            }

            line.Append(gap + Untrusted.Line(text, width - 2), style);
            used += gap.Length + text.Length;
        }

        lines.Add(line);
        return [.. lines];
    }

    private static (string Text, Style Style) Node(LiveNode node, Glyphs glyphs)
    {
        (char sign, Style style) = node.State switch
        {
            LiveNodeState.Active => (glyphs.Active, new Style(Color.Teal, decoration: Decoration.Bold)),
            LiveNodeState.Done => (glyphs.Done, Palette.Good),
            LiveNodeState.Failed => (glyphs.Failed, Palette.Bad),
            _ => (glyphs.Open, Palette.Muted),
        };
        string visits = node.Visits > 1 ? string.Create(CultureInfo.InvariantCulture, $" {glyphs.Times}{node.Visits}") : "";
        string inner = node.State == LiveNodeState.Active && node.Inner > 0 ? string.Create(CultureInfo.InvariantCulture, $" [{node.Inner} inside]") : "";
        return ($"{sign} {Untrusted.Line(node.Name, 40)}{visits}{inner}", style);
    }

    private static Paragraph Fact(string label, string text, int width, Style style) => Labelled(label, width).Append(Untrusted.Line(text), style).Paragraph;

    private static ClippedLine Labelled(string label, int width) => new ClippedLine(width).Append(("  " + label).PadRight(LabelWidth), Palette.Muted);

    private static Paragraph Money(BudgetSnapshot budget, int width, Glyphs glyphs)
    {
        string spent = $"{Numbers.Money(budget.Spent.Usd)} spent";
        if (budget.LimitUsd is not { } limit)
            return Fact("budget", spent + ", no limit", width, Palette.Plain);
        string amounts = width < NarrowWidth
            ? $"{spent} of {Numbers.Limit(limit)}"
            : $"{spent}  {Numbers.Money(budget.Reserved.Usd)} held  {Numbers.Money(budget.RemainingUsd ?? default)} left";
        ClippedLine line = Labelled("budget", width);
        int bar = Math.Clamp(width - LabelWidth - amounts.Length - 2, 0, 30);
        foreach ((string cells, Style style) in BudgetBar.Cells(budget, bar, glyphs))
            line.Append(cells, style);
        return line.Append((bar > 0 ? "  " : "") + amounts).Paragraph;
    }

    private static string Counts(BudgetSnapshot budget, Glyphs glyphs)
    {
        string calls = Numbers.Of(budget.Spent.Calls, "call") + (budget.LimitCalls is { } limit ? $" of {Numbers.Count(limit)}" : "");
        return $"{calls} {glyphs.Dot} {Numbers.Of(budget.Spent.Steps, "step")} {glyphs.Dot} {Numbers.Of(budget.Spent.Tokens, "token")}";
    }

    private static Paragraph Tool(LiveTool tool, DateTimeOffset now, int width, Glyphs glyphs)
    {
        TimeSpan time = tool.Succeeded is null ? now - tool.Called : tool.Duration;
        (char sign, Style style) = tool.Succeeded switch
        {
            null => (glyphs.Active, Palette.Accent),
            true => (glyphs.Done, Palette.Good),
            false => (glyphs.Failed, Palette.Bad),
        };
        string duration = Numbers.Duration(time < TimeSpan.Zero ? TimeSpan.Zero : time);
        string name = Untrusted.Line(tool.Tool, 30);
        int left = Math.Max(0, width - 8 - name.Length - duration.Length);
        string arguments = tool.Arguments == "{}" ? "" : Untrusted.Line(tool.Arguments, left);
        return new ClippedLine(width).Append($"  {sign} ", style).Append(name + "  ").Append(arguments.Length > 0 ? arguments + "  " : "", Palette.Muted)
            .Append(duration, Palette.Muted).Paragraph;
    }
}
