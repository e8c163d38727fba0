using System.Text;
using AgentRouter.Budgets;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Failures;
using AgentRouter.Routing.Tasks;
using AgentRouter.Skills.Use;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Workflows.Engine.Skills;

/// <summary>The skills of the agent of one node: offers them for each visit, lets the agent open them, and learns when the work is verified.</summary>
internal sealed class AgentSkills
{
    private readonly NodeContext _context;
    private readonly SkillsDefinition _skills;
    private readonly SkillChoice? _choice;
    private SkillSession? _session;

    private AgentSkills(NodeContext context, SkillsDefinition skills, AgentDefinition agent) =>
        (_context, _skills, _choice) = (context, skills, skills.Rerank == SkillRerank.Model ? new SkillChoice(context, agent) : null);

    /// <summary>Makes them for a node; <see langword="null"/> for an agent without skills, or without a call to open one with.</summary>
    public static AgentSkills? For(AgentNode node, NodeContext context) =>
        (node.Skills ?? node.Agent.Skills) is { } skills && node.Agent.MaxCalls > 1 ? new AgentSkills(context, skills.Over(context.Workflow.Definition.Skills), node.Agent) : null;

    /// <summary>Gets the session of the visit.</summary>
    /// <exception cref="SkillException">No skills were offered in it.</exception>
    public SkillSession Session => _session ?? throw new SkillException("There are no skills.");

    /// <summary>Begins a visit: offers the skills that fit its task, those that were offered before where it is done again.</summary>
    /// <param name="task">What the agent is asked.</param>
    /// <param name="visit">The visit.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The list to put beside the task; empty where the visit is recorded without one.</returns>
    /// <exception cref="NodeFailedException">The skills cannot be found: a folder is gone, a name is that of no skill.</exception>
    public async ValueTask<string> OfferAsync(string task, int visit, CancellationToken cancellationToken)
    {
        _session = null;
        IReadOnlyList<FoundSkill>? chosen = null;
        BudgetRefusal? refusal = _skills.Embeddings is null ? null : await RecordedBookings.BookAgainAsync(_context, cancellationToken);
        if (Recorded() is SkillsFound found && _choice is not null)
            chosen = await _choice.AskAsync(task, found.Skills, visit, cancellationToken);
        RunEvent? recorded = Recorded();
        // a run of an earlier version had none
        if (recorded is not (null or SkillsOffered or SkillsFound))
            return "";
        _session = recorded is SkillsOffered before ? Again(task, before) : await BeginAsync(task, visit, chosen, refusal, cancellationToken);
        _context.Run.Log?.Emit(new SkillsOffered(ValueHash.Of(Encoding.UTF8.GetBytes(task)), [.. _session.Offers.Select(Recorded)])
        {
            Node = _context.Path,
            Text = _context.Run.RecordContent ? TextLimit.Shorten(task, TextLimit.Event) : null,
        });
        return _session.Prompt;
    }

    /// <summary>Notes what a call of one of the tools has opened.</summary>
    public void Opened(SkillText text, int step)
    {
        Session.Recall(text);
        if (text.Tokens > 0)
            _context.Run.Log?.Emit(new SkillOpened(text.Name, text.File, text.Tokens, Session.TokensLeft, text.IsCut) { Node = _context.Path, Step = step });
    }

    /// <summary>Says that the work of the visit is done: the next verification says what its skills were worth.</summary>
    public void End()
    {
        if (Lesson() is { } learn)
            TaskScope.Current!.WhenVerified(learn);
    }

    /// <summary>Says that the work of the visit came to nothing.</summary>
    public void Fail() => Lesson()?.Invoke(false);

    private Action<bool>? Lesson()
    {
        if (_session is not { Opened: { Count: > 0 } opened } session || _context.Run.Skills.Feedback(_skills) is not { } feedback)
            return null;
        return right =>
        {
            if (_context.Run.Log?.IsReplaying == true)
                return;
            try
            {
                feedback.Learn(session.Task, opened, right);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                _context.Run.Warn($"What was learned of skills is not saved: {exception.Message}");
            }
        };
    }

    private SkillUseOptions Options => new()
    {
        Names = _skills.Names,
        TopK = _skills.TopK ?? SkillUseOptions.DefaultTopK,
        MaxTokens = _skills.MaxTokens ?? SkillUseOptions.DefaultMaxTokens,
        Rerank = _skills.Rerank ?? SkillRerank.Default,
        Feedback = _context.Run.Skills.Feedback(_skills),
    };

    private ValueTask<SkillLibrary> LibraryAsync(CancellationToken cancellationToken) =>
        _context.Run.Skills.OpenAsync(_skills, _context.Workflow.Definition.ProjectRoot, cancellationToken);

    // what the agent itself searches for, as often as it likes, is not paid for
    private async ValueTask<SkillLibrary> OwnLibraryAsync(CancellationToken cancellationToken) =>
        await LibraryAsync(cancellationToken) is { Retriever.IsPaid: true } paid ? paid.ByWords() : await LibraryAsync(cancellationToken);

    private RunEvent? Recorded() => _context.Run.Log?.Replay?.Peek(_context.Path, null);

    private async ValueTask<SkillSession> BeginAsync(string task, int visit, IReadOnlyList<FoundSkill>? chosen, BudgetRefusal? refusal, CancellationToken cancellationToken)
    {
        try
        {
            SkillLibrary library = await LibraryAsync(cancellationToken);
            SkillUseOptions options = Options;
            return await SkillSession.BeginAsync(await OwnLibraryAsync(cancellationToken), task, options, async () => chosen ?? await FindAsync(library, task, options, visit, refusal, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (exception is SkillException or ArgumentOutOfRangeException)
        {
            throw new NodeFailedException($"The skills of node '{_context.Path}' cannot be offered: {exception.Message}", exception);
        }
    }

    private async ValueTask<IReadOnlyList<FoundSkill>> FindAsync(SkillLibrary library, string task, SkillUseOptions options, int visit, BudgetRefusal? refusal, CancellationToken cancellationToken)
    {
        IReadOnlyList<FoundSkill> found = await SearchAsync(library, task, options, refusal, cancellationToken);
        return _choice is null ? found : await _choice.AskAsync(task, found, visit, cancellationToken);
    }

    // a vector helps to find skills; it is not worth a run, nor a question to a person
    private async ValueTask<IReadOnlyList<FoundSkill>> SearchAsync(SkillLibrary library, string task, SkillUseOptions options, BudgetRefusal? refusal, CancellationToken cancellationToken)
    {
        int count = _choice is null ? SkillFinder.Candidates : SkillChoice.Depth;
        if (refusal is not null)
            return await ByWordsAsync(Unpaid(refusal));
        try
        {
            return await SkillFinder.SearchAsync(library, task, options, count, cancellationToken);
        }
        catch (BudgetExceededException exceeded)
        {
            return await ByWordsAsync(Unpaid(exceeded.Refusal));
        }
        catch (ModelCallException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return await ByWordsAsync($"the task could not be embedded: {exception.Message}");
        }
        catch (ConfigurationException exception)
        {
            throw new NodeFailedException($"The skills of node '{_context.Path}' cannot be found: {exception.Message}", exception);
        }

        ValueTask<IReadOnlyList<FoundSkill>> ByWordsAsync(string reason)
        {
            _context.Run.Warn($"The skills of node '{_context.Path}' are found by words alone, because {reason}");
            return SkillFinder.SearchAsync(library.ByWords(), task, options, count, cancellationToken);
        }
    }

    private static string Unpaid(BudgetRefusal refusal) => $"the vector of the task cannot be paid: {refusal}.";

    private SkillSession Again(string task, SkillsOffered before) => SkillSession.Again(
        task, [.. before.Skills.Select(skill => new SkillOffer(skill.Name, skill.Id, skill.Description, skill.Reason, skill.Score, skill.Warning))], Options, OwnLibraryAsync);

    private static OfferedSkill Recorded(SkillOffer offer) => new(offer.Name, offer.Id, offer.Description, offer.Reason, offer.Score, offer.Warning);
}
