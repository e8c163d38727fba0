using System.Runtime.CompilerServices;
using AgentRouter.Routing.Tasks;
using AgentRouter.Skills.Use;

namespace AgentRouter.SemanticKernel.Skills;

/// <summary>The sessions of a plugin of skills: one for each task, as long as the task lives; outside a task one for each call.</summary>
internal sealed class TaskSkills(SkillLibrary library, SkillUseOptions options)
{
    private readonly ConditionalWeakTable<TaskScope, Task<SkillSession>> _sessions = [];

    /// <summary>Finds or begins the session of this asynchronous flow.</summary>
    public async ValueTask<SkillSession> CurrentAsync(CancellationToken cancellationToken) => TaskScope.Current is { } task
        ? await _sessions.GetValue(task, _ => BeginAsync(CancellationToken.None)).WaitAsync(cancellationToken)
        : await BeginAsync(cancellationToken);

    // nothing is offered before a function is called: there is no place for a list
    private Task<SkillSession> BeginAsync(CancellationToken cancellationToken) => SkillSession.BeginAsync(library, "", options, cancellationToken).AsTask();
}
