namespace AgentRouter.Cli.Commands.Memory.Show;

/// <summary>How a neighbourhood is shown.</summary>
internal enum ShowFormat
{
    Text,
    Mermaid,
    Dot,
    Html,
}
