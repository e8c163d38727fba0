namespace AgentRouter.Tools.Capabilities;

/// <summary>A goal that is worth reaching when the whole one cannot be.</summary>
/// <param name="Name">What it comes to, for people: <c>refunded, to be confirmed by hand</c>.</param>
/// <param name="Needs">The capabilities; none where giving up in order is an end too.</param>
public sealed record LesserGoal(string Name, IReadOnlyList<string> Needs);
