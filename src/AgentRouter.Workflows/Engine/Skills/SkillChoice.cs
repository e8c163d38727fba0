using System.Text;
using AgentRouter.Events;
using AgentRouter.Failures;
using AgentRouter.Skills.Reranking;
using AgentRouter.Steps;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Workflows.Engine.Skills;

/// <summary>Lets a model choose from the skills that a search has found, by a call of the router: on the run's budget, and recorded like every other call. What it chose from is
/// recorded before it is asked, so that a run that goes on asks the same.</summary>
/// <param name="context">The node.</param>
/// <param name="agent">The agent that is offered the skills.</param>
internal sealed class SkillChoice(NodeContext context, AgentDefinition agent)
{
    /// <summary>How many skills the model sees: half of what a search misses at twenty stands further down in its list.</summary>
    public const int Depth = 50;

    private const string AgentName = "skills";

    /// <summary>Asks the model.</summary>
    /// <param name="task">The task.</param>
    /// <param name="found">What was found, the best first.</param>
    /// <param name="visit">The visit of the node.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The same skills, those that the model chose first. A call that fails changes nothing; a budget that is used up ends the run, as the agent's own call would.</returns>
    public async ValueTask<IReadOnlyList<FoundSkill>> AskAsync(string task, IReadOnlyList<FoundSkill> found, int visit, CancellationToken cancellationToken)
    {
        if (found.Count < 2)
            return found;
        context.Run.Log?.Emit(new SkillsFound(ValueHash.Of(Encoding.UTF8.GetBytes(task)), found) { Node = context.Path });
        var identity = new StepIdentity(context.Run.RunId, context.Workflow.Definition.Name, context.Path[(context.Path.LastIndexOf('/') + 1)..], AgentName, null, visit) { AllowedTiers = agent.Tiers };
        var model = new ModelOrder(context.Run.Chat, new ModelSkillRerankerOptions { Depth = Depth, Configure = options => options.WithStep(identity) });
        try
        {
            IReadOnlyList<int>? chosen = await model.AskAsync(task, [.. found.Select(skill => (skill.Name, skill.Description))], cancellationToken);
            if (chosen is null)
            {
                context.Run.Warn($"The skills of node '{context.Path}' stand in the order in which they were found, because the model that was to choose gave no list of numbers.");
                return found;
            }

            var first = new HashSet<int>(chosen);
            return [.. chosen.Select(place => found[place] with { Reason = "a model chose it" }), .. found.Where((_, place) => !first.Contains(place))];
        }
        catch (ModelCallException exception)
        {
            context.Run.Warn($"The skills of node '{context.Path}' stand in the order in which they were found, because no model could be asked: {exception.Message}");
            return found;
        }
    }
}
