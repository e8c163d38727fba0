namespace AgentRouter.Configuration;

/// <summary>A setting is missing or wrong. The message names it and says what to do.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which setting, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public ConfigurationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
