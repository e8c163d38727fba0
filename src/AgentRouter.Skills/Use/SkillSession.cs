using System.Globalization;
using AgentRouter.Events;
using AgentRouter.Skills.Sources;
using AgentRouter.Suggestions;

namespace AgentRouter.Skills.Use;

/// <summary>The skills of one task of a model: what it is offered, and what it opens within its tokens. Thread-safe; one call is answered after the other.</summary>
/// <remarks>Progressive disclosure, as the open format means it: names and what they are for first, a body when the model asks for it, files that come with it
/// last. Nothing that a skill says grants anything: what it names under <c>allowed-tools</c> is a claim.</remarks>
public sealed class SkillSession
{
    private const int SearchCount = 5;

    // fewer tokens than these show nothing that helps
    private const int LeastShown = 40;

    private readonly Func<CancellationToken, ValueTask<SkillLibrary>> _library;
    private readonly SkillUseOptions _options;
    private readonly List<SkillOffer> _offers;
    private readonly Dictionary<(string Name, string? File), int> _opened = [];
    private Task _last = System.Threading.Tasks.Task.CompletedTask;

    private SkillSession(string task, List<SkillOffer> offers, SkillUseOptions options, Func<CancellationToken, ValueTask<SkillLibrary>> library) =>
        (Task, _offers, _options, _library, Prompt) = (task, offers, options, library, SkillPrompt.List(offers));

    /// <summary>Gets the task.</summary>
    public string Task { get; }

    /// <summary>Gets the list to put before the model, beside the task.</summary>
    public string Prompt { get; }

    /// <summary>Gets what the model knows of: what it was offered and what it has searched for.</summary>
    public IReadOnlyList<SkillOffer> Offers
    {
        get
        {
            lock (_opened)
                return [.. _offers];
        }
    }

    /// <summary>Gets the names of the skills that were opened: those that <see cref="Feedback.SkillFeedback.Learn"/> is told of when the work was verified.</summary>
    public IReadOnlyList<string> Opened
    {
        get
        {
            lock (_opened)
                return [.. _opened.Keys.Where(key => key.File is null).Select(key => OfferOf(key.Name)?.SkillName ?? key.Name).Distinct()];
        }
    }

    /// <summary>Gets how many tokens may still be opened.</summary>
    public int TokensLeft
    {
        get
        {
            lock (_opened)
                return _options.MaxTokens - _opened.Values.Sum();
        }
    }

    /// <summary>Begins: finds the skills for a task.</summary>
    /// <param name="library">The skills.</param>
    /// <param name="task">The task, as it is put to the model.</param>
    /// <param name="options">How many are offered, and how much may be opened.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="SkillException">A skill is named that is not there.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of the options is out of its range.</exception>
    public static ValueTask<SkillSession> BeginAsync(SkillLibrary library, string task, SkillUseOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(task);
        SkillUseOptions used = options ?? new SkillUseOptions();
        return BeginAsync(library, task, used, () => SkillFinder.SearchAsync(library, task, used, SkillFinder.Candidates, cancellationToken), cancellationToken);
    }

    /// <summary>Begins with what is found in another way.</summary>
    /// <param name="library">The skills.</param>
    /// <param name="task">The task.</param>
    /// <param name="options">How many are offered, and how much may be opened.</param>
    /// <param name="find">Finds skills for the task, the best first.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    internal static async ValueTask<SkillSession> BeginAsync(
        SkillLibrary library, string task, SkillUseOptions options, Func<ValueTask<IReadOnlyList<FoundSkill>>> find, CancellationToken cancellationToken)
    {
        options.Validated();
        return new SkillSession(task, await SkillFinder.OfferAsync(library, options, find, cancellationToken).ConfigureAwait(false), options, _ => ValueTask.FromResult(library));
    }

    /// <summary>Begins again with what was offered before.</summary>
    /// <param name="task">The task.</param>
    /// <param name="offers">What was offered.</param>
    /// <param name="options">As before.</param>
    /// <param name="library">Opens the library when something of it is read.</param>
    internal static SkillSession Again(string task, IReadOnlyList<SkillOffer> offers, SkillUseOptions options, Func<CancellationToken, ValueTask<SkillLibrary>> library) =>
        new(task, [.. offers], options, library);

    /// <summary>Opens a skill: its body, cut at a heading where it does not fit.</summary>
    /// <param name="name">The name of an offer, or of another skill of the library.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="SkillException">There is none, it is gone, or no tokens are left.</exception>
    public Task<SkillText> OpenAsync(string name, CancellationToken cancellationToken = default) => InTurnAsync(async () =>
    {
        (SkillLibrary library, SkillOffer offer, Skill skill) = await ReadAsync(name, cancellationToken).ConfigureAwait(false);
        if (IsOpen(offer.Name, null))
            return new SkillText(offer.Name, null, 0, IsCut: false, $"Skill '{offer.Name}' is open already: its text stands above.");
        (string kept, IReadOnlyList<string> leftOut, int tokens, int ofTokens) = Fit(skill.Body);
        IReadOnlyList<string> files = await library.FilesAsync(skill, cancellationToken).ConfigureAwait(false);
        return Take(new SkillText(offer.Name, null, tokens, tokens < ofTokens, SkillPrompt.Body(offer, kept, tokens, ofTokens, leftOut, Shown(files))));
    }, cancellationToken);

    /// <summary>Reads a text file that comes with a skill.</summary>
    /// <param name="name">The skill, as <see cref="OpenAsync"/> takes it.</param>
    /// <param name="file">The file, relative to the skill's folder, as the opened skill lists it. Nothing else is read: no other folder, no link, no hidden file.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="SkillException">There is no such file, it is no text, or no tokens are left.</exception>
    public Task<SkillText> ReadAsync(string name, string file, CancellationToken cancellationToken = default) => InTurnAsync(async () =>
    {
        ArgumentNullException.ThrowIfNull(file);
        (SkillLibrary library, SkillOffer offer, Skill skill) = await ReadAsync(name, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> files = await library.FilesAsync(skill, cancellationToken).ConfigureAwait(false);
        string asked = file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file;
        // what is listed lies in the folder, whatever was asked for
        if (!files.Contains(asked))
            throw new SkillException($"The skill '{offer.Name}' has no file '{SkillPrompt.Reason(file)}'. {(files.Count == 0 ? "It has no files." : Suggestion.Sentence(asked, files))}".TrimEnd());
        if (IsOpen(offer.Name, asked))
            return new SkillText(offer.Name, asked, 0, IsCut: false, $"The file '{asked}' of the skill '{offer.Name}' is open already: its text stands above.");
        (string? text, string problem) = await library.ReadFileAsync(skill, asked, cancellationToken).ConfigureAwait(false);
        if (text is null)
            throw new SkillException($"The file '{asked}' of the skill '{offer.Name}' cannot be shown. {problem}");
        (string kept, IReadOnlyList<string> leftOut, int tokens, int ofTokens) = Fit(text);
        return Take(new SkillText(offer.Name, asked, tokens, tokens < ofTokens, SkillPrompt.File(offer, asked, kept, tokens, ofTokens, leftOut)));
    }, cancellationToken);

    /// <summary>Searches the library again; what is found can be opened.</summary>
    /// <param name="query">What is to be done.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>At most five skills, the best first.</returns>
    public Task<IReadOnlyList<SkillOffer>> SearchAsync(string query, CancellationToken cancellationToken = default) => InTurnAsync(async () =>
    {
        ArgumentNullException.ThrowIfNull(query);
        SkillLibrary library = await _library(cancellationToken).ConfigureAwait(false);
        List<SkillOffer> offers = [.. Offers];
        IReadOnlyList<FoundSkill> matches = await SkillFinder.SearchAsync(library, query, _options, SkillFinder.Candidates, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<SkillOffer> found = await SkillFinder.AddAsync(offers, library, matches, SearchCount, cancellationToken).ConfigureAwait(false);
        Recall(found);
        return found;
    }, cancellationToken);

    /// <summary>Notes what was opened before, where the work is done again from a record. What is noted already stays as it is.</summary>
    internal void Recall(SkillText text) => Take(text);

    /// <summary>Notes what was found before, where the work is done again from a record. What is noted already stays as it is.</summary>
    internal void Recall(IReadOnlyList<SkillOffer> found)
    {
        lock (_opened)
            _offers.AddRange(found.Where(offer => OfferOf(offer.Name) is null));
    }

    private SkillText Take(SkillText text)
    {
        lock (_opened)
            _opened.TryAdd((text.Name, text.File), text.Tokens);
        return text;
    }

    private bool IsOpen(string name, string? file)
    {
        lock (_opened)
            return _opened.ContainsKey((name, file));
    }

    private SkillOffer? OfferOf(string name) => _offers.Find(offer => offer.Name == name);

    private async ValueTask<(SkillLibrary Library, SkillOffer Offer, Skill Skill)> ReadAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        SkillLibrary library = await _library(cancellationToken).ConfigureAwait(false);
        List<SkillOffer> offers = [.. Offers];
        // one that is not in the list can be known from somewhere else: from the task, from another skill
        SkillOffer offer = offers.Find(offer => offer.Name == name)
            ?? await SkillFinder.ByNameAsync(offers, library, name, cancellationToken).ConfigureAwait(false)
            ?? throw new SkillException($"There is no skill '{SkillPrompt.Reason(name)}'. {Suggestion.Sentence(name, offers.Select(offer => offer.Name))} {SkillTools.SearchName} finds others.".Replace(".  ", ". ", StringComparison.Ordinal));
        Recall([offer]);
        Skill skill = await library.ReadAsync(offer.Id, cancellationToken).ConfigureAwait(false)
            ?? throw new SkillException($"The skill '{offer.Name}' is gone, or cannot be read any more. Work without it.");
        return (library, offer, skill);
    }

    private (string Kept, IReadOnlyList<string> LeftOut, int Tokens, int OfTokens) Fit(string text)
    {
        int left = TokensLeft, ofTokens = SkillTokens.Of(text);
        if (left < Math.Min(ofTokens, LeastShown))
            throw new SkillException(string.Create(CultureInfo.InvariantCulture, $"The {_options.MaxTokens:N0} tokens for skills are used up by {string.Join(", ", Opened)}. Work with what you have read."));
        (string kept, IReadOnlyList<string> leftOut) = BodyCut.To(text, left);
        return (kept, leftOut, kept.Length == text.Length ? ofTokens : SkillTokens.Of(kept), ofTokens);
    }

    // the first files of many: a list is no use that fills the prompt
    private static IReadOnlyList<string> Shown(IReadOnlyList<string> files) =>
        files.Count <= SkillLimits.ShownFiles ? files : [.. files.Take(SkillLimits.ShownFiles), string.Create(CultureInfo.InvariantCulture, $"and {files.Count - SkillLimits.ShownFiles:N0} more")];

    private Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        lock (_opened)
        {
            Task<T> mine = AfterAsync(_last);
            _last = mine;
            return mine;
        }

        async Task<T> AfterAsync(Task before)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            return await work().ConfigureAwait(false);
        }
    }
}
