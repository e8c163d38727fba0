using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Ingestion.Facts;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Retrieval.Aid;
using AgentRouter.Memory.Retrieval.Effort;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Use;

/// <summary>The memory of one task of a model: what it is shown of it, what it finds, remembers and forgets. Thread-safe.</summary>
/// <remarks>Nothing here asks a model or costs money unless <see cref="MemoryUseOptions.Effort"/> says so. What was found is data: it is shown in quotation marks, and nothing that it says is
/// done.</remarks>
public sealed class MemorySession
{
    /// <summary>The longest text that a model may remember at once, in characters.</summary>
    public const int MaxTextLength = 2_000;

    /// <summary>The longest name of what a text is about, in characters.</summary>
    public const int MaxAboutLength = 200;

    private readonly GraphMemory? _memory;
    private readonly List<MemoryNote> _notes;

    private MemorySession(GraphMemory? memory, string task, MemoryUseOptions options, IReadOnlyList<MemoryNote> notes, long unseen, RecallSummary? summary = null)
    {
        (_memory, Task, Options, Shown, Unseen, Summary) = (memory, task, options, notes, unseen, summary);
        _notes = [.. notes];
        Prompt = MemoryPrompt.Block(notes, summary?.Text);
    }

    /// <summary>Gets the task.</summary>
    public string Task { get; }

    /// <summary>Gets the block to put before the model, beside the task: notes in quotation marks, with a heading that says what they are; empty where nothing was found.</summary>
    public string Prompt { get; }

    /// <summary>Gets the notes of the block, the best first.</summary>
    public IReadOnlyList<MemoryNote> Shown { get; }

    /// <summary>Gets what the notes say about the task, told shorter; <see langword="null"/> where they are to be read themselves. It stands in the block, before the notes.</summary>
    public RecallSummary? Summary { get; }

    /// <summary>Gets with how much effort the notes were found, and why; <see langword="null"/> where nothing was searched.</summary>
    public RecallPlan? Plan { get; private init; }

    /// <summary>Gets how many nodes were written that the notes of the block do not count yet.</summary>
    public long Unseen { get; }

    /// <summary>Gets all notes that the model knows by their numbers: those of the block and those that were found since.</summary>
    public IReadOnlyList<MemoryNote> Notes
    {
        get
        {
            lock (_notes)
                return [.. _notes];
        }
    }

    internal MemoryUseOptions Options { get; }

    private GraphMemory Memory => _memory ?? throw new MemoryException("There is no memory here.");

    /// <summary>Begins: finds what helps with a task.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="task">The task, as it is put to the model.</param>
    /// <param name="options">What is read and written.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="ArgumentException">The options do not fit together, a number is out of its range, or answers are to be remembered, which a session does not see.</exception>
    /// <exception cref="IOException">The memory cannot be read.</exception>
    public static Task<MemorySession> BeginAsync(GraphMemory memory, string task, MemoryUseOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(memory);
        return BeginAsync(memory, memory, task, options, cancellationToken);
    }

    /// <summary>Begins with what stands for the memory when the task's notes are looked for.</summary>
    internal static async Task<MemorySession> BeginAsync(GraphMemory? memory, IRecallMemory searched, string task, MemoryUseOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(options);
        options.Validated();
        if (options.Remembers != MemoryRemembers.None)
            throw new ArgumentException($"A session sees no answers, so it cannot remember them: leave {nameof(MemoryUseOptions.Remembers)} at {MemoryRemembers.None}, or put the memory into a pipeline with UseMemory.", nameof(options));
        if (options.TopK == 0 || options.Read.Count == 0 || string.IsNullOrWhiteSpace(task))
            return new MemorySession(memory, task, options, [], 0);
        // a summary is half of the block at most: what it names stands there too
        AssistedRecallOptions assistance = options.Assistance with { SummaryTokens = Math.Min(options.Assistance.SummaryTokens, options.Tokens / 2) };
        (MemoryRecall found, RecallPlan plan, RecallSummary? summary) = await new AssistedRecall(searched, assistance)
            .RecallAsync(options.Read, new MemoryQuestion(task) { MaxItems = options.TopK }, options.Effort, cancellationToken).ConfigureAwait(false);
        int room = options.Tokens - (summary is null ? 0 : MemoryPrompt.SummaryTokensOf(summary.Text));
        return new MemorySession(memory, task, options, MemoryPrompt.Fit([.. found.Items.Select((item, place) => MemoryNote.Of(place + 1, item))], room), found.Unseen, summary) { Plan = plan };
    }

    /// <summary>Begins again where the work is done again from a record: with the notes that were found then.</summary>
    /// <param name="memory">The memory, or <see langword="null"/> where nothing is to be looked up.</param>
    /// <param name="task">The task.</param>
    /// <param name="options">What is read and written.</param>
    /// <param name="notes">The notes.</param>
    /// <param name="summary">What they say, told shorter, or <see langword="null"/>.</param>
    internal static MemorySession Again(GraphMemory? memory, string task, MemoryUseOptions options, IReadOnlyList<MemoryNote> notes, RecallSummary? summary = null) =>
        new(memory, task, options.Validated(), notes, 0, summary);

    /// <summary>Finds what is remembered about something.</summary>
    /// <param name="question">What is wanted.</param>
    /// <param name="top">The most notes, from 1 to <see cref="MemoryUseOptions.MaxTopK"/>; <see cref="MemoryUseOptions.TopK"/> where it is not given.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The notes, the best first, as many as fit the tokens; a note that is known keeps its number.</returns>
    /// <exception cref="MemoryException">There is no question, or no scope to read.</exception>
    /// <exception cref="IOException">The memory cannot be read.</exception>
    public async Task<IReadOnlyList<MemoryNote>> RecallAsync(string question, int? top = null, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(question))
            throw new MemoryException("The question is empty. Say in a sentence what you want to know.");
        if (Options.Read.Count == 0)
            throw new MemoryException("Nothing can be recalled here: no memory is read.");
        int count = Math.Clamp(top ?? Math.Max(Options.TopK, 1), 1, MemoryUseOptions.MaxTopK);
        MemoryRecall found = (await new AssistedRecall(Memory, Options.Assistance).RecallAsync(Options.Read, new MemoryQuestion(question) { MaxItems = count }, Options.Effort, isTold: false, cancellationToken).ConfigureAwait(false)).Recall;
        lock (_notes)
        {
            int next = _notes.Count == 0 ? 1 : _notes.Max(note => note.Number) + 1;
            IReadOnlyList<MemoryNote> fitting = MemoryPrompt.Fit(
                [.. found.Items.Select(item => MemoryNote.Of(Find(item.Scope.ToString(), item.Node.Id)?.Number ?? next++, item))], Options.Tokens);
            Note(fitting);
            return fitting;
        }
    }

    /// <summary>Remembers a statement. The same statement again changes nothing; another one about the same thing takes the place of the older one.</summary>
    /// <param name="text">The statement, one sentence that is understood by itself, with where it comes from.</param>
    /// <param name="about">What it is about, such as <c>anna/favourite tea</c>; <see langword="null"/> where nothing later is to take its place.</param>
    /// <param name="cancellationToken">Cancels the writing; nothing is kept then.</param>
    /// <returns>What became of it, in a sentence for the model.</returns>
    /// <exception cref="MemoryException">There is no scope to write, or the text is empty or too long.</exception>
    /// <exception cref="IOException">The memory cannot be written.</exception>
    public async Task<string> RememberAsync(string text, string? about = null, CancellationToken cancellationToken = default)
    {
        MemoryScope scope = Writable("remembered");
        if (string.IsNullOrWhiteSpace(text))
            throw new MemoryException("There is nothing to remember: the text is empty.");
        if (text.Length > MaxTextLength)
            throw new MemoryException(string.Create(CultureInfo.InvariantCulture, $"The text has {text.Length:N0} characters; at most {MaxTextLength:N0} are remembered at once. Say it shorter, or in several statements."));
        if (about?.Length > MaxAboutLength)
            throw new MemoryException(string.Create(CultureInfo.InvariantCulture, $"'about' has {about.Length:N0} characters; at most {MaxAboutLength:N0} name what a statement is about."));
        try
        {
            RememberedFact fact = await Memory.RememberAsync(scope, new NewFact { Text = text, About = string.IsNullOrWhiteSpace(about) ? null : about }, cancellationToken).ConfigureAwait(false);
            return fact switch
            {
                { IsNew: false } => "This is remembered already.",
                { Superseded: not 0 } => "Remembered. It takes the place of what was remembered about the same before.",
                _ => "Remembered.",
            };
        }
        catch (Exception exception) when (exception is ConfigurationException or MemoryConflictException)
        {
            throw new MemoryException(exception.Message);
        }
    }

    /// <summary>Forgets for good what a model has remembered: the statement, and what it took the place of.</summary>
    /// <param name="what">The number of a note, or the statement word for word.</param>
    /// <param name="cancellationToken">Cancels the search; an erasure that has begun goes on to its end.</param>
    /// <returns>What was forgotten.</returns>
    /// <exception cref="MemoryException">It is not there, is not a statement that a model has remembered, or lies in a scope that is only read.</exception>
    /// <exception cref="IOException">The memory cannot be written.</exception>
    public async Task<MemoryNote> ForgetAsync(string what, CancellationToken cancellationToken = default)
    {
        MemoryScope scope = Writable("forgotten");
        if (string.IsNullOrWhiteSpace(what))
            throw new MemoryException("Say what is to be forgotten: the number of a note, or the statement word for word.");
        MemoryNote note = Named(what) ?? await SaidAsync(scope, what, cancellationToken).ConfigureAwait(false);
        if (note.Scope != scope.ToString())
            throw new MemoryException($"The note [{note.Number}] belongs to '{note.Scope}', which is only read here: it cannot be forgotten.");
        if (note.Kind != MemoryNodeKind.Fact)
            throw new MemoryException($"The note [{note.Number}] is part of a conversation or document: only a person can forget that. Only statements that were remembered can be forgotten here.");
        await MemoryForgetting.ForgetAsync(Memory, scope, note, Options.ForgetsLearned, cancellationToken).ConfigureAwait(false);
        return note;
    }

    /// <summary>Notes what was found before, where the work is done again from a record. What is noted already stays as it is.</summary>
    internal void Note(IReadOnlyList<MemoryNote> found)
    {
        lock (_notes)
            _notes.AddRange(found.Where(note => Find(note.Scope, note.Node) is null));
    }

    private MemoryScope Writable(string done) => Options.Write ?? throw new MemoryException($"Nothing can be {done} here: no memory is written.");

    private MemoryNote? Find(string scope, long node) => _notes.Find(note => note.Node == node && note.Scope == scope);

    // [3], 3
    private MemoryNote? Named(string what)
    {
        if (!int.TryParse(what.Trim().TrimStart('[').TrimEnd(']'), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return null;
        lock (_notes)
            return _notes.Find(note => note.Number == number) ?? throw new MemoryException($"There is no note [{number}]. {MemoryTools.RecallName} finds notes and numbers them.");
    }

    private async Task<MemoryNote> SaidAsync(MemoryScope scope, string what, CancellationToken cancellationToken)
    {
        // word for word, so a vector would be paid for nothing
        MemoryRecall found = await Memory.RecallAsync([scope], new MemoryQuestion(what) { MaxItems = MemoryUseOptions.MaxTopK }, RecallAid.None, cancellationToken).ConfigureAwait(false);
        RecalledItem[] facts = [.. found.Items.Where(item => item.Node.Kind == MemoryNodeKind.Fact)];
        if (facts.FirstOrDefault(item => string.Equals(item.Node.Text.Trim(), what.Trim(), StringComparison.OrdinalIgnoreCase)) is { } same)
            return MemoryNote.Of(0, same);
        throw new MemoryException(facts.Length == 0
            ? "Nothing was remembered that says this."
            : $"Nothing was remembered that says exactly this. Did you mean {MemoryPrompt.Quoted(facts[0].Node.Text)}? Name it word for word.");
    }
}
