namespace AgentRouter.Skills.Use;

/// <summary>How the skills that a search finds are put into their final order before the first are offered.</summary>
public enum SkillRerank
{
    /// <summary>What verified work has shown counts, within the bounds of <see cref="Feedback.SkillFeedback.MostShare"/>.</summary>
    Default,

    /// <summary>The order of the search stands.</summary>
    None,

    /// <summary>A model chooses from what is found, on the task's budget: in a workflow. Elsewhere it is given to the retriever, as <see cref="Reranking.ModelSkillReranker"/>,
    /// and this is the same as <see cref="Default"/>.</summary>
    Model,
}
