using System.Text.Json.Serialization;

namespace AgentRouter.Events;

/// <summary>How a run ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunOutcome>))]
public enum RunOutcome
{
    /// <summary>It reached an end node that says so.</summary>
    [JsonStringEnumMemberName("succeeded")]
    Succeeded,

    /// <summary>It reached an end node that says so, or a node failed and nothing handled it.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>The next call did not fit the budget.</summary>
    [JsonStringEnumMemberName("budgetExceeded")]
    BudgetExceeded,

    /// <summary>The caller cancelled.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    /// <summary>It waits for a person.</summary>
    [JsonStringEnumMemberName("waiting")]
    Waiting,
}
