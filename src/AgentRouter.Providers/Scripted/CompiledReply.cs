using System.Text.RegularExpressions;

namespace AgentRouter.Providers.Scripted;

/// <summary>A reply whose pattern is compiled, ready to be asked whether it fits a request.</summary>
internal sealed partial class CompiledReply
{
    // matching takes time linear in the result; this is a guard against enormous results, wide enough for the first match on a busy machine
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(5);

    private readonly Regex? _pattern;
    private int _given;

    public CompiledReply(ScriptReply reply)
    {
        Reply = reply;
        if (reply.When.LastResultMatches is { } pattern)
            _pattern = Compile(pattern);
    }

    public ScriptReply Reply { get; }

    /// <summary>Finds what is wrong with a reply: what contradicts itself, its pattern, the groups that its text refers to.</summary>
    public static IEnumerable<string> Problems(ScriptReply reply)
    {
        if (reply.Fail is not null && reply.Calls.Count > 0)
            yield return "the reply fails and calls a tool; take out one of the two.";
        if (reply.Times < 1)
            yield return $"times is {reply.Times}; write a whole number from 1, or leave it out for always.";
        if (reply.When.LastResultMatches is not { } pattern)
            yield break;
        string? problem = null;
        string[] groups = [];
        try
        {
            groups = Compile(pattern).GetGroupNames();
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            problem = $"lastResultMatches is not a pattern that can be used: {e.Message}";
        }

        if (problem is not null)
        {
            yield return problem;
            yield break;
        }

        foreach (Match reference in GroupReference().Matches(reply.Say ?? ""))
        {
            string group = reference.Groups[1].Value;
            if (!groups.Contains(group))
                yield return $"say refers to {{{{{group}}}}}, but lastResultMatches has no such group; it has {string.Join(", ", groups)}.";
        }
    }

    /// <summary>Says whether the reply fits, and with which text.</summary>
    public bool Fits(ScriptRequest request, out string say)
    {
        say = Reply.Say ?? "";
        ScriptCondition when = Reply.When;
        bool fits = Any(when.Model, request.Model) && Any(when.Tier, request.Tier)
            && Any(when.Workflow, request.Identity?.Workflow) && Any(when.Node, request.Identity?.Node)
            && Any(when.Agent, request.Identity?.Agent) && Any(when.Role, request.Identity?.Role)
            && Any(when.Visit, request.Identity?.Visit) && Any(when.Call, request.Call)
            && Any(when.LastTool, request.LastTool)
            && Contains(when.LastResultContains, request.LastResult)
            && (when.MessageContains.Count == 0 || request.Texts.Any(text => Contains(when.MessageContains, text)));
        if (!fits || _pattern is null)
            return fits;
        Match match = _pattern.Match(request.LastResult ?? "");
        if (!match.Success || request.LastResult is null)
            return false;
        say = GroupReference().Replace(say, reference => match.Groups[reference.Groups[1].Value].Value);
        return true;
    }

    /// <summary>Counts the reply as given, or says that it has been given as often as it may be. Thread-safe.</summary>
    public bool TryGive() => Reply.Times is not { } times || Interlocked.Increment(ref _given) <= times;

    private static bool Any(IReadOnlyList<string> allowed, string? value) => allowed.Count == 0 || (value is not null && allowed.Contains(value));

    private static bool Any(IReadOnlyList<int> allowed, int? value) => allowed.Count == 0 || (value is { } number && allowed.Contains(number));

    private static bool Contains(IReadOnlyList<string> parts, string? text) =>
        parts.Count == 0 || (text is not null && parts.Any(part => text.Contains(part, StringComparison.Ordinal)));

    private static Regex Compile(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, MatchTimeout);

    [GeneratedRegex(@"\{\{(\w+)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex GroupReference();
}
