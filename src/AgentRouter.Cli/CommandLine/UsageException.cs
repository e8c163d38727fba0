namespace AgentRouter.Cli.CommandLine;

/// <summary>The command was given something it cannot use. The message says what, and what to do.</summary>
internal sealed class UsageException(string message, Exception? innerException = null) : Exception(message, innerException);
