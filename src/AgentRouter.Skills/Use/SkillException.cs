namespace AgentRouter.Skills.Use;

/// <summary>A skill cannot be opened or read as it was asked for. The message says why and what to do, for the model that asked.</summary>
public sealed class SkillException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Why, and what to do.</param>
    public SkillException(string message)
        : base(message)
    {
    }
}
