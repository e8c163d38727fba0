namespace AgentRouter.Events;

/// <summary>A path of tools to a goal was found.</summary>
/// <param name="Goal">The goal.</param>
/// <param name="Path">The tools in the order in which they can run.</param>
/// <param name="Cost">The sum of their weights.</param>
/// <param name="LowerBound">What no path costs less than; the cost itself when the path is proven to be the cheapest.</param>
public sealed record ToolPathPlanned(string Goal, IReadOnlyList<string> Path, double Cost, double LowerBound) : RunEvent;

/// <summary>A tool failed, and the work goes on over another path.</summary>
/// <param name="Tool">The tool that failed.</param>
/// <param name="Failure">How: <c>timeout</c>, <c>declared</c>, …</param>
/// <param name="Message">What happened.</param>
/// <param name="Path">The tools that come now; the failed one among them when it is tried again.</param>
/// <param name="Cost">The sum of their weights.</param>
/// <param name="WeightBefore">The failed tool's weight before the call.</param>
/// <param name="WeightAfter">Its weight now; <see langword="null"/> when it is not called any more for this goal.</param>
public sealed record ToolRerouted(
    string Tool, string Failure, string Message, IReadOnlyList<string> Path, double Cost, double WeightBefore, double? WeightAfter) : RunEvent;

/// <summary>A goal cannot be reached; a lesser one is.</summary>
/// <param name="Goal">The goal.</param>
/// <param name="Lesser">The lesser goal.</param>
/// <param name="Missing">The capabilities that are given up.</param>
/// <param name="Reason">Why: the failures that led here.</param>
/// <param name="Path">The tools that come now.</param>
public sealed record GoalDemoted(string Goal, string Lesser, IReadOnlyList<string> Missing, string Reason, IReadOnlyList<string> Path) : RunEvent;

/// <summary>No path and no lesser goal is left, or a monitor stopped the work: somebody decides.</summary>
/// <param name="Goal">The goal.</param>
/// <param name="To">Who: <c>model</c>, <c>person</c>, or <c>nobody</c>, which ends the goal.</param>
/// <param name="Reason">Why.</param>
/// <param name="Missing">The capabilities that are not satisfied.</param>
public sealed record GoalEscalated(string Goal, string To, string Reason, IReadOnlyList<string> Missing) : RunEvent;

/// <summary>Who was asked has decided.</summary>
/// <param name="Goal">The goal.</param>
/// <param name="By">Who: <c>model</c> or <c>person</c>.</param>
/// <param name="Decision">What: <c>useTool</c>, <c>goOn</c>, <c>done</c>, <c>giveUp</c>, <c>ask</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Tool">The tool to use, where that is the decision.</param>
public sealed record EscalationDecided(string Goal, string By, string Decision, string Reason, string? Tool) : RunEvent;

/// <summary>A monitor kept a tool from being called.</summary>
/// <param name="Monitor">The monitor.</param>
/// <param name="Priority">How urgent its signal is, 0 to 1.</param>
/// <param name="Tool">The tool that was to be called.</param>
/// <param name="Action">What follows: <c>reroute</c>, <c>demote</c>, <c>ask</c>, <c>escalate</c>, <c>stop</c>.</param>
/// <param name="Message">Why.</param>
public sealed record ToolInterrupted(string Monitor, double Priority, string Tool, string Action, string Message) : RunEvent;

/// <summary>It was not known whether a failed call took effect; now it is, or somebody has to say.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Verdict">What: <c>done</c>, <c>notDone</c>, <c>undone</c>, <c>unknown</c>.</param>
/// <param name="By">Who or what told: the check or undo tool, <c>retry</c>, <c>person</c>, <c>nobody</c>.</param>
public sealed record ToolDoubtSettled(string Tool, string Verdict, string By) : RunEvent;

/// <summary>The effect of a tool is not wanted any more.</summary>
/// <param name="Tool">The tool whose effect it is.</param>
/// <param name="By">The tool that takes it back, or <see langword="null"/> when there is none and the effect stays.</param>
/// <param name="Succeeded">Whether it was taken back.</param>
/// <param name="Message">What happened, where it was not.</param>
public sealed record ToolUndone(string Tool, string? By, bool Succeeded, string? Message) : RunEvent;
