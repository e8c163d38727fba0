namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>How an extraction ended.</summary>
public enum ExtractionStatus
{
    /// <summary>Everything was asked about; what could not be read is left.</summary>
    Finished = 0,

    /// <summary>The budget was used up; what was written stays, and the next extraction goes on from there.</summary>
    BudgetExceeded = 1,
}
