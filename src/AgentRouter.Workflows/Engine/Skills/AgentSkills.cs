using System.Text;
using AgentRouter.Events;
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
    private SkillSession? _session;

    private AgentSkills(NodeContext context, SkillsDefinition skills) => (_context, _skills) = (context, skills);

    /// <summary>Makes them for a node; <see langword="null"/> for an agent without skills, or without a call to open one with.</summary>
    public static AgentSkills? For(AgentNode node, NodeContext context) =>
        (node.Skills ?? node.Agent.Skills) is { } skills && node.Agent.MaxCalls > 1 ? new AgentSkills(context, skills.Over(context.Workflow.Definition.Skills)) : null;

    /// <summary>Gets the session of the visit.</summary>
    /// <exception cref="SkillException">No skills were offered in it.</exception>
    public SkillSession Session => _session ?? throw new SkillException("There are no skills.");

    /// <summary>Begins a visit: offers the skills that fit its task, those that were offered before where it is done again.</summary>
    /// <param name="task">What the agent is asked.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The list to put beside the task; empty where the visit is recorded without one.</returns>
    /// <exception cref="NodeFailedException">The skills cannot be found: a folder is gone, a name is that of no skill.</exception>
    public async ValueTask<string> OfferAsync(string task, CancellationToken cancellationToken)
    {
        _session = null;
        RunEvent? recorded = _context.Run.Log?.Replay?.Peek(_context.Path, null);
        // a run of an earlier version had none
        if (recorded is not (null or SkillsOffered))
            return "";
        _session = recorded is SkillsOffered before ? Again(task, before) : await BeginAsync(task, cancellationToken);
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

    private async ValueTask<SkillSession> BeginAsync(string task, CancellationToken cancellationToken)
    {
        try
        {
            return await SkillSession.BeginAsync(await LibraryAsync(cancellationToken), task, Options, cancellationToken);
        }
        catch (Exception exception) when (exception is SkillException or ArgumentOutOfRangeException)
        {
            throw new NodeFailedException($"The skills of node '{_context.Path}' cannot be offered: {exception.Message}", exception);
        }
    }

    private SkillSession Again(string task, SkillsOffered before) => SkillSession.Again(
        task, [.. before.Skills.Select(skill => new SkillOffer(skill.Name, skill.Id, skill.Description, skill.Reason, skill.Score, skill.Warning))], Options, LibraryAsync);

    private static OfferedSkill Recorded(SkillOffer offer) => new(offer.Name, offer.Id, offer.Description, offer.Reason, offer.Score, offer.Warning);
}
