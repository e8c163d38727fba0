namespace AgentRouter.Cli.Commands.Route.Eval;

/// <summary>What is said where no group has enough rows.</summary>
internal static class GroupsNote
{
    public const string Text = "No group has the 50 training rows from which it is known: boundary goes by the trees alone.";
}
