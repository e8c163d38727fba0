using System.Globalization;
using System.Text;
using AgentRouter.Events;

namespace AgentRouter.Testing;

/// <summary>Tells in a few lines what a run did, for whoever reads a failed test.</summary>
internal static class RunTranscript
{
    private const int MaxLines = 60;
    private const int MaxText = 160;

    public static string Of(IReadOnlyList<RunEvent> events)
    {
        string[] lines = [.. events.Select(Line).OfType<string>()];
        if (lines.Length == 0)
            return "Nothing was recorded.";
        var text = new StringBuilder("What happened:");
        int left = Math.Max(0, lines.Length - MaxLines);
        if (left > 0)
            text.Append(CultureInfo.InvariantCulture, $"\n  ({left} lines before)");
        foreach (string line in lines[left..])
            text.Append("\n  ").Append(line);
        return text.ToString();
    }

    private static string? Line(RunEvent runEvent) => runEvent switch
    {
        RunStarted started => $"run of {started.Workflow} with policy {started.Policy}",
        NodeStarted node => $"{node.Node} ({node.Kind}, visit {node.Visit})",
        AgentRouted chosen => $"  goes to {string.Join(", ", chosen.Chosen)}: {Short(chosen.Reason)}",
        SkillsFound found => $"  a model chooses from {found.Skills.Count} skills",
        SkillsOffered offered => $"  is offered {(offered.Skills.Count == 0 ? "no skill" : Short(string.Join(", ", offered.Skills.Select(skill => skill.Name))))}",
        MemorySearched searched => $"  finds {searched.Found} notes to look closer at",
        TaskEmbedded embedded => embedded.Problem is { } problem ? $"  has no vectors: {Short(problem)}" : $"  compares {embedded.Texts} texts by their vectors",
        MemoryRecalled recalled => $"  recalls {(recalled.Notes.Count == 0 ? "nothing" : Short(string.Join(", ", recalled.Notes.Select(note => note.Source ?? note.Key))))}",
        FactsAsked asked => $"  a model looks for facts in {asked.Episodes} turns",
        MemoryRemembered remembered => $"  writes into {remembered.Scope}{(remembered.Facts is { } facts ? $", {facts} facts" : "")}",
        ContextCompacted compacted => $"  leaves {compacted.Rounds} rounds out ({compacted.Strategy}, {compacted.TokensBefore} to {compacted.TokensAfter} tokens): {Short(compacted.Reason)}",
        SkillOpened opened => $"  opens {opened.Name}{(opened.File is null ? "" : "/" + Short(opened.File))}",
        StepRouted routed => $"  routed to {routed.Model} ({routed.Tier}): {Short(routed.Reason)}",
        BudgetDegraded degraded => $"  degraded from {degraded.From} to {degraded.To}: {Short(degraded.Reason)}",
        BudgetRefused refused => $"  refused: {refused.Refusal}",
        CallFailed failed => $"  {failed.Model} failed ({failed.Failure}): {Short(failed.Message)}; {failed.Next}",
        ToolCalled called => $"  calls {called.Tool} {Short(called.Arguments)}",
        ToolReturned { Succeeded: false } returned => $"  {returned.Tool} failed: {Short(returned.Result)}",
        NodeFailed failed => $"{failed.Node} failed: {Short(failed.Reason)}",
        PersonAsked asked => $"  asks: {Short(asked.Question)}",
        RunWarning warning => $"warning: {Short(warning.Message)}",
        RunEnded ended => $"ended {ended.Outcome}, {ended.Budget.Spent.Usd} spent{(ended.Reason is null ? "" : ": " + Short(ended.Reason))}",
        _ => null,
    };

    private static string Short(string text)
    {
        text = text.ReplaceLineEndings(" ");
        return text.Length <= MaxText ? text : text[..MaxText] + "…";
    }
}
