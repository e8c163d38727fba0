using System.Collections.Frozen;

namespace AgentRouter.Memory.Text;

/// <summary>Words that say nothing of what a text is about.</summary>
internal static class MemoryStopWords
{
    private static readonly FrozenSet<string> All = string.Join(' ',
        "a about above after again all also am an and any are as at be because been before being below between both but by ca can could did",
        "do does doing done down during each else ever for from further get gets getting got had has have having he hello her here hers",
        "herself hey hi him himself his how i if in into is it its itself just let like ll may me might mine more most much must my myself",
        "no nor not now of off oh ok okay on once only or other our ours ourselves out over own really s same shall she should so some such",
        "t than thank thanks that the their theirs them themselves then there these they this those through to too under until up upon us",
        "very was we were what when where which while who whom whose why will with wo would wow yeah yes yet you your yours yourself",
        "yourselves").Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = All.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Tells whether a plain word is one of them.</summary>
    public static bool Contains(ReadOnlySpan<char> word) => Lookup.Contains(word);
}
