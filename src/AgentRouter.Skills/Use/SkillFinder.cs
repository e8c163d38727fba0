using System.Globalization;
using AgentRouter.Skills.Feedback;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Sources;
using AgentRouter.Suggestions;

namespace AgentRouter.Skills.Use;

/// <summary>Chooses the skills that are offered: those with given names, then those that are found for a task.</summary>
internal static class SkillFinder
{
    // of so many the best are offered, so that what verified work has shown can bring one up that stands a little below
    private const int Candidates = 20;
    private const int ShownWords = 4;

    /// <summary>Finds the skills to offer for a task.</summary>
    /// <exception cref="SkillException">A name is that of no skill.</exception>
    public static async ValueTask<List<SkillOffer>> OfferAsync(SkillLibrary library, string task, SkillUseOptions options, CancellationToken cancellationToken)
    {
        var offers = new List<SkillOffer>();
        foreach (string name in options.Names)
        {
            IndexedSkill named = library.Named(name).FirstOrDefault()
                ?? throw new SkillException($"There is no skill '{name}'. {Suggestion.Sentence(name, library.Retriever.Index.Skills.Select(skill => skill.Name))}".TrimEnd());
            await AddAsync(offers, library, named, "given to you", score: null, cancellationToken).ConfigureAwait(false);
        }

        if (options.TopK > 0)
            await FindAsync(offers, library, task, options, options.TopK, cancellationToken).ConfigureAwait(false);
        return offers;
    }

    /// <summary>Finds skills for a task and adds those that are not among the offers.</summary>
    /// <returns>What was found, whether it is new or not, the best first.</returns>
    public static async ValueTask<List<SkillOffer>> FindAsync(List<SkillOffer> offers, SkillLibrary library, string task, SkillUseOptions options, int count, CancellationToken cancellationToken)
    {
        IReadOnlyList<SkillMatch> matches = await library.Retriever.SearchAsync(task, new SkillSearchOptions { Limit = Candidates, Explain = true }, cancellationToken).ConfigureAwait(false);
        var found = new List<SkillOffer>();
        foreach (FeedbackMatch each in Order(task, matches, options))
        {
            if (found.Count == count)
                break;
            SkillOffer? offer = offers.Find(offer => offer.Id == each.Match.Skill.Id)
                ?? await AddAsync(offers, library, each.Match.Skill, ReasonOf(each), Math.Round(each.Match.Score, 4), cancellationToken).ConfigureAwait(false);
            if (offer is not null)
                found.Add(offer);
        }

        return found;
    }

    /// <summary>Finds a skill of the library by its name and adds it to the offers.</summary>
    /// <returns>The offer, or <see langword="null"/> where there is no such skill.</returns>
    public static async ValueTask<SkillOffer?> ByNameAsync(List<SkillOffer> offers, SkillLibrary library, string name, CancellationToken cancellationToken) =>
        library.Named(name).FirstOrDefault() is { } skill ? await AddAsync(offers, library, skill, "asked for by name", score: null, cancellationToken).ConfigureAwait(false) : null;

    private static IReadOnlyList<FeedbackMatch> Order(string task, IReadOnlyList<SkillMatch> matches, SkillUseOptions options) =>
        options is { Rerank: SkillRerank.Default, Feedback: { } feedback }
            ? feedback.Reorder(task, matches)
            : [.. matches.Select(match => new FeedbackMatch(match, 0))];

    // what cannot be read any more is not offered
    private static async ValueTask<SkillOffer?> AddAsync(List<SkillOffer> offers, SkillLibrary library, IndexedSkill skill, string reason, double? score, CancellationToken cancellationToken)
    {
        if (offers.Exists(offer => offer.Id == skill.Id) || await library.ReadAsync(skill.Id, cancellationToken).ConfigureAwait(false) is not { } read)
            return null;
        int same = offers.Count(offer => offer.SkillName == skill.Name);
        string name = same == 0 ? skill.Name : string.Create(CultureInfo.InvariantCulture, $"{skill.Name}{SkillOffer.Numbered}{same + 1}");
        var offer = new SkillOffer(name, skill.Id, SkillPrompt.Description(read.Description), SkillPrompt.Reason(reason), score, WarningOf(read));
        offers.Add(offer);
        return offer;
    }

    private static string? WarningOf(Skill skill) =>
        InjectionSigns.Find($"{skill.Description}\n{skill.Body}", skill.Name) is [var sign, ..] ? SkillPrompt.Reason(sign.Message) : null;

    private static string ReasonOf(FeedbackMatch found)
    {
        string reason = found.Match switch
        {
            { Reason: MatchReason.Sentence, Sentence: { } sentence } => $"found for '{SkillPrompt.OneLine(sentence, 60)}'",
            { Words.Count: > 0 } match => $"found by {string.Join(", ", match.Words.Take(ShownWords).Select(word => word.Word))}",
            _ => "found",
        };
        return found.Proven switch
        {
            > 0 => $"{reason}; it led to work that was right",
            < 0 => $"{reason}; it led to work that was wrong",
            _ => reason,
        };
    }
}
