using AgentRouter.Cli.Commands.Tools.Bench.Judging;
using AgentRouter.Cli.Commands.Tools.Bench.Worlds;

namespace AgentRouter.Cli.Commands.Tools.Bench.Measuring;

/// <summary>What the systems made of a scenario.</summary>
/// <param name="Id">The scenario's name.</param>
/// <param name="Title">What fails in it.</param>
/// <param name="Task">What was to be done.</param>
/// <param name="Faults">What was out.</param>
/// <param name="End">What is right.</param>
/// <param name="Systems">What each system made of it.</param>
internal sealed record ScenarioReport(string Id, string Title, string Task, IReadOnlyList<ServiceFault> Faults, RightEnd End, IReadOnlyList<SystemReport> Systems);
