using System.Globalization;
using AgentRouter.Events;
using AgentRouter.Skills.Feedback;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Sources;
using AgentRouter.Suggestions;

namespace AgentRouter.Skills.Use;

/// <summary>Chooses the skills that are offered: those with given names, then those that are found for a task.</summary>
internal static class SkillFinder
{
    /// <summary>Of so many the best are offered, so that what verified work has shown can bring one up that stands a little below.</summary>
    public const int Candidates = 20;

    private const int ShownWords = 4;

    /// <summary>Makes the offers of a task.</summary>
    /// <param name="library">The skills.</param>
    /// <param name="options">What is offered.</param>
    /// <param name="find">Finds skills for the task, the best first; asked where any are to be found.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="SkillException">A name is that of no skill.</exception>
    public static async ValueTask<List<SkillOffer>> OfferAsync(
        SkillLibrary library, SkillUseOptions options, Func<ValueTask<IReadOnlyList<FoundSkill>>> find, CancellationToken cancellationToken)
    {
        var offers = new List<SkillOffer>();
        foreach (string name in options.Names)
        {
            IndexedSkill named = library.Named(name).FirstOrDefault()
                ?? throw new SkillException($"There is no skill '{name}'. {Suggestion.Sentence(name, library.Retriever.Index.Skills.Select(skill => skill.Name))}".TrimEnd());
            await AddAsync(offers, library, named.Id, named.Name, "given to you", score: null, cancellationToken).ConfigureAwait(false);
        }

        if (options.TopK > 0)
            await AddAsync(offers, library, await find().ConfigureAwait(false), options.TopK, cancellationToken).ConfigureAwait(false);
        return offers;
    }

    /// <summary>Finds skills for a task, the best first.</summary>
    /// <param name="library">The skills.</param>
    /// <param name="task">The task.</param>
    /// <param name="options">How they are put in order.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public static async ValueTask<IReadOnlyList<FoundSkill>> SearchAsync(SkillLibrary library, string task, SkillUseOptions options, int count, CancellationToken cancellationToken)
    {
        IReadOnlyList<SkillMatch> matches = await library.Retriever.SearchAsync(task, new SkillSearchOptions { Limit = count, Explain = true }, cancellationToken).ConfigureAwait(false);
        return [.. Order(task, matches, options).Select(Found)];
    }

    /// <summary>Adds what was found to the offers, as far as it is not among them.</summary>
    /// <param name="offers">The offers.</param>
    /// <param name="library">The skills.</param>
    /// <param name="found">What was found, the best first.</param>
    /// <param name="count">The most that are taken.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>What was taken, whether it is new or not, the best first.</returns>
    public static async ValueTask<List<SkillOffer>> AddAsync(List<SkillOffer> offers, SkillLibrary library, IReadOnlyList<FoundSkill> found, int count, CancellationToken cancellationToken)
    {
        var taken = new List<SkillOffer>();
        foreach (FoundSkill each in found)
        {
            if (taken.Count == count)
                break;
            SkillOffer? offer = offers.Find(offer => offer.Id == each.Id)
                ?? await AddAsync(offers, library, each.Id, each.Name, each.Reason, each.Score, cancellationToken).ConfigureAwait(false);
            if (offer is not null)
                taken.Add(offer);
        }

        return taken;
    }

    /// <summary>Finds a skill of the library by its name and adds it to the offers.</summary>
    /// <returns>The offer, or <see langword="null"/> where there is no such skill.</returns>
    public static async ValueTask<SkillOffer?> ByNameAsync(List<SkillOffer> offers, SkillLibrary library, string name, CancellationToken cancellationToken) =>
        library.Named(name).FirstOrDefault() is { } skill ? await AddAsync(offers, library, skill.Id, skill.Name, "asked for by name", score: null, cancellationToken).ConfigureAwait(false) : null;

    private static IReadOnlyList<FeedbackMatch> Order(string task, IReadOnlyList<SkillMatch> matches, SkillUseOptions options) =>
        options is { Rerank: not SkillRerank.None, Feedback: { } feedback }
            ? feedback.Reorder(task, matches)
            : [.. matches.Select(match => new FeedbackMatch(match, 0))];

    // what cannot be read any more is not offered
    private static async ValueTask<SkillOffer?> AddAsync(List<SkillOffer> offers, SkillLibrary library, string id, string skillName, string reason, double? score, CancellationToken cancellationToken)
    {
        if (offers.Exists(offer => offer.Id == id) || await library.ReadAsync(id, cancellationToken).ConfigureAwait(false) is not { } read)
            return null;
        int same = offers.Count(offer => offer.SkillName == skillName);
        string name = same == 0 ? skillName : string.Create(CultureInfo.InvariantCulture, $"{skillName}{SkillOffer.Numbered}{same + 1}");
        var offer = new SkillOffer(name, id, SkillPrompt.Description(read.Description), SkillPrompt.Reason(reason), score, WarningOf(read));
        offers.Add(offer);
        return offer;
    }

    private static string? WarningOf(Skill skill) =>
        InjectionSigns.Find($"{skill.Description}\n{skill.Body}", skill.Name) is [var sign, ..] ? SkillPrompt.Reason(sign.Message) : null;

    private static FoundSkill Found(FeedbackMatch found) =>
        new(found.Match.Skill.Name, found.Match.Skill.Id, SkillPrompt.Description(found.Match.Skill.Description), ReasonOf(found), Math.Round(found.Match.Score, 4));

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
