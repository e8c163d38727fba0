namespace AgentRouter.Cli.Commands.Memory.Ask;

/// <summary>How much effort a question is worth.</summary>
internal enum AskEffort
{
    Low,
    Medium,
    High,
    Auto,
}
