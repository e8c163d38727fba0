using AgentRouter.Configuration;

namespace AgentRouter.Cli.Commands.Answer;

/// <summary>What is answered.</summary>
internal sealed record AnswerOptions
{
    /// <summary>Gets what the user called the run.</summary>
    public required string Run { get; init; }

    /// <summary>Gets the answer, or <see langword="null"/> to list the questions.</summary>
    public string? Choice { get; init; }

    /// <summary>Gets the node whose question it is, where there are several.</summary>
    public string? Node { get; init; }

    /// <summary>Gets a value indicating whether the answer is only recorded.</summary>
    public bool IsRecordedOnly { get; init; }

    public string? Store { get; init; }

    public RunDurability? Durability { get; init; }

    public bool IsJson { get; init; }

    public bool IsVerbose { get; init; }
}
