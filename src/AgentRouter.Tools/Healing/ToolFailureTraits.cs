namespace AgentRouter.Tools.Healing;

/// <summary>What follows from the kind of a failure.</summary>
internal static class ToolFailureTraits
{
    /// <summary>Tells whether it says something about the tool, not about the call.</summary>
    public static bool IsOfTool(this ToolFailureKind kind) => kind is not (ToolFailureKind.WrongArguments or ToolFailureKind.Declined);

    /// <summary>Tells whether a tool that fails so again and again should rest. One that declares its errors is well: mostly it was asked for the impossible.</summary>
    public static bool IsOutage(this ToolFailureKind kind) => kind.IsOfTool() && kind != ToolFailureKind.Declared;

    /// <summary>Tells whether the same call may go well when it is made again.</summary>
    public static bool MayPass(this ToolFailureKind kind) =>
        kind is ToolFailureKind.Broke or ToolFailureKind.Timeout or ToolFailureKind.Throttled or ToolFailureKind.Unreachable or ToolFailureKind.EmptyResult or ToolFailureKind.WrongResult;
}
