using System.Collections.Concurrent;
using System.IO.Enumeration;
using AgentRouter.Tools;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Policies.Risk;

/// <summary>Tells tools that can do irreversible harm from the others. Thread-safe.</summary>
internal sealed class RiskyTools(IReadOnlyList<string> patterns)
{
    // tool names come from MCP servers too: what is remembered of them is bounded
    private const int MaxKnown = 1_024;

    private readonly ConcurrentDictionary<string, bool> _byName = new();

    public bool Contains(AITool tool) => ToolTraits.IsDestructive(tool) || Contains(tool.Name);

    public bool Contains(string name)
    {
        if (_byName.TryGetValue(name, out bool known))
            return known;
        bool risky = patterns.Count > 0
            ? patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true))
            : Words(name).Any(word => RiskDefaults.Words.Contains(word, StringComparer.OrdinalIgnoreCase));
        if (_byName.Count < MaxKnown)
            _byName[name] = risky;
        return risky;
    }

    // delete_order, deleteOrder, orders.delete and orders-delete are all about deleting
    private static IEnumerable<string> Words(string name)
    {
        int start = 0;
        for (int i = 1; i <= name.Length; i++)
        {
            if (i < name.Length && char.IsLetter(name[i]) && !(char.IsUpper(name[i]) && char.IsLower(name[i - 1])) && char.IsLetter(name[i - 1]))
                continue;
            if (i > start)
                yield return name[start..i].Trim('_', '-', '.', '/');
            start = i;
        }
    }
}
