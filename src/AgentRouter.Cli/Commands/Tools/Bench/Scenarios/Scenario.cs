using AgentRouter.Cli.Commands.Tools.Bench.Domains;
using AgentRouter.Cli.Commands.Tools.Bench.Judging;
using AgentRouter.Cli.Commands.Tools.Bench.Worlds;

namespace AgentRouter.Cli.Commands.Tools.Bench.Scenarios;

/// <summary>Work to do, what fails on the way, and what is right then.</summary>
/// <param name="Id">Its name in the table.</param>
/// <param name="Title">What fails, in words.</param>
/// <param name="Domain">The work.</param>
/// <param name="End">The right end.</param>
/// <param name="Faults">What is out.</param>
internal sealed record Scenario(string Id, string Title, ScenarioDomain Domain, RightEnd End, params ServiceFault[] Faults);
