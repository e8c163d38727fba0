using System.Collections.Frozen;

namespace AgentRouter.Memory.Text;

/// <summary>English words that name nothing by themselves, and German ones that sentences begin with.</summary>
internal static class CommonWords
{
    private const int Longest = 14;

    private static readonly FrozenSet<string> Function = Words(
        "a an the and or but nor so yet if then else than that this these those there here when where while why how what which who whom whose whether",
        "i me my mine myself we us our ours ourselves you your yours yourself he him his himself she her hers herself it its itself they them their theirs themselves",
        "am is are was were be been being do does did doing done have has had having can could may might must shall should will would ought cannot",
        "i'm i've i'd i'll you're you've you'll you'd he's she's it's we're we've we'll they're they've they'll that's there's what's who's let's here's",
        "don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't won't wouldn't can't couldn't shouldn't ain't",
        "of in on at by for from to into onto upon with without within about above below under over between through during before after against among across",
        "along around behind beside besides beyond near off out up down via per as because since until unless although though however therefore thus hence",
        "not no yes any each every few more most much many other others another some such same own only just also too very one ones both either neither all",
        "again once ever never now still already always often sometimes soon later really quite rather even maybe perhaps almost well back away else");

    private static readonly FrozenSet<string> Opening = Words(
        "hey hi hello wow oh ah aww haha lol yeah yep yup nope ok okay thanks thank thx please sorry congrats congratulations cheers bye goodbye welcome hmm ugh yay whoa gosh dear",
        "good great nice cool awesome amazing sweet lovely wonderful fantastic beautiful sure true right absolutely definitely totally exactly indeed glad happy sad excited proud",
        "got get getting go going gone gonna gotta come coming came let make made makes take took taken give gave keep keeping kept know knew think thought guess hope hoping",
        "wish love loved like liked look looking looks see seen saw hear heard feel feeling feels felt say said says tell told ask asked try tried need want wanted work working",
        "spending spent start started stop stay best better last first second next new old big little lot lots plenty time times thing things something anything nothing everything",
        "someone anyone everyone nobody everybody people guys folks life day days today tomorrow yesterday tonight morning week month year years ago",
        "afterwards afterward finally eventually meanwhile moreover furthermore additionally nevertheless nonetheless otherwise instead similarly likewise consequently accordingly",
        "initially originally previously recently currently formerly lately suddenly apparently obviously unfortunately fortunately luckily surprisingly interestingly basically actually",
        "dann danach später daher deshalb trotzdem außerdem gestern heute damals schließlich zuerst zunächst inzwischen",
        "being seeing having doing trying taking making learning reading writing playing talking finding helping");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> FunctionLookup = Function.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> OpeningLookup = Opening.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Tells whether a word, in any case, is an article, pronoun, auxiliary, preposition, conjunction or the like.</summary>
    public static bool IsFunction(ReadOnlySpan<char> word) => word.Length <= Longest && FunctionLookup.Contains(word);

    /// <summary>Tells whether a word, in any case, is a function word, or one that sentences of conversations like to begin with.</summary>
    public static bool IsCommon(ReadOnlySpan<char> word) => word.Length <= Longest && (FunctionLookup.Contains(word) || OpeningLookup.Contains(word));

    private static FrozenSet<string> Words(params string[] lines)
    {
        string all = string.Join(' ', lines);
        return (all + " " + all.Replace('\'', '\u2019')).Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
