namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>The parts of a recall that can be done with less or more effort.</summary>
/// <remarks>After BudgetMem (2026), which routes the same five between heuristics, small models and large ones.</remarks>
public enum RecallModule
{
    /// <summary>Which names, places and things the question means.</summary>
    Entities,

    /// <summary>Which days it means.</summary>
    Temporal,

    /// <summary>Which other words it may be answered in.</summary>
    Topics,

    /// <summary>In which order what was found stands.</summary>
    Filter,

    /// <summary>What is told of it.</summary>
    Summary,
}
