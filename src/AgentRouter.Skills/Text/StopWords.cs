using System.Collections.Frozen;

namespace AgentRouter.Skills.Text;

/// <summary>Words of a task that say nothing of what it is about. Documents keep them: a skill named <c>make</c> is found by other words, but not lost.</summary>
internal static class StopWords
{
    private static readonly FrozenSet<string> All = string.Join(' ',
        // articles, prepositions, conjunctions
        "a an the of in on at by for from to into onto upon with without within about above below under over between through during before after",
        "against among across along around behind beside besides beyond near off out up down via per than as if then else so and or but nor not no",
        "yet because since while until unless although though whereas whether either neither both",
        // pronouns and determiners
        "i me my mine myself we us our ours ourselves you your yours yourself he him his himself she her hers herself it its itself they them their",
        "theirs themselves this that these those who whom whose which what when where why how all any each every few more most much many other others",
        "another some such same own only just also too very one ones here there again once ever never now still already however therefore thus hence",
        // auxiliaries
        "am is are was were be been being do does did doing done have has had having can could may might must shall should will would ought cannot",
        "don doesn didn isn aren wasn weren hasn haven hadn won wouldn can couldn shouldn ll ve re s t d m",
        // what requests are made of
        "please make makes making made sure want wants wanted like likes need needs needed let lets get gets getting got give gives given giving",
        "provide provides provided providing following follow follows use uses used using help helps helping try ensure ensures know tell show",
        "able etc eg ie would based according well way ways thing things something anything e g").Split(' ').Distinct().ToFrozenSet();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = All.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Tells whether a word in lower case is one of them.</summary>
    public static bool Contains(ReadOnlySpan<char> word) => Lookup.Contains(word);
}
