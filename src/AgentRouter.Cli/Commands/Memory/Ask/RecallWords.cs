using System.Text;
using AgentRouter.Cli.Terminals;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Retrieval;

namespace AgentRouter.Cli.Commands.Memory.Ask;

/// <summary>Tells in words how something was found: <c>matched: Passage A → mentions: Lothair II → about: Passage B</c>.</summary>
internal static class RecallWords
{
    private const int MostText = 48;

    /// <summary>Tells it.</summary>
    public static string Of(RecalledItem item, Glyphs glyphs)
    {
        if (item.Path.Count <= 1)
            return item.HasWords ? "matched by its own words" : "near in meaning; none of the question's words is in it";
        var words = new StringBuilder();
        foreach ((int at, RecallStep step) in item.Path.Index())
        {
            if (at > 0)
                words.Append(' ').Append(glyphs.Arrow).Append(' ');
            words.Append(at == 0 || step.Edge is not { } edge ? "matched" : IsAgainst(item.Path[at - 1], step) ? GraphWords.Against(edge) : GraphWords.Of(edge)).Append(": ");
            // the last step is what is shown above
            words.Append(at == item.Path.Count - 1 ? "this" : step.Kind == MemoryNodeKind.Concept ? Untrusted.Line(step.Text, MostText) : $"“{Untrusted.Line(step.Text, MostText)}”");
        }

        return words.ToString();
    }

    // no edge leaves a concept, and what was said earlier has the lower number
    private static bool IsAgainst(RecallStep before, RecallStep step) => before.Kind == MemoryNodeKind.Concept || (step.Edge == MemoryEdgeKind.Next && step.Node < before.Node);
}
