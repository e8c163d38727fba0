namespace AgentRouter.Skills.Dense.Stored;

/// <summary>A store with vectors of skills could not be asked. The message names the store and the collection, and says why.</summary>
public sealed class SkillVectorException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which store, and why.</param>
    /// <param name="innerException">The cause.</param>
    public SkillVectorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
