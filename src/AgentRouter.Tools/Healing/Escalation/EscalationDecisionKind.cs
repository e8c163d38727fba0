namespace AgentRouter.Tools.Healing.Escalation;

/// <summary>What somebody who was asked may decide.</summary>
public enum EscalationDecisionKind
{
    /// <summary>The goal is given up.</summary>
    GiveUp,

    /// <summary>The work goes on: the stopped call is made; where no path was left, what failed is tried once more; a call in doubt was not done.</summary>
    GoOn,

    /// <summary>It is done: the call in doubt took effect, or a person has done by hand what is missing.</summary>
    Done,

    /// <summary>Another tool is used for a missing capability.</summary>
    UseTool,

    /// <summary>A person must say.</summary>
    AskPerson,
}
