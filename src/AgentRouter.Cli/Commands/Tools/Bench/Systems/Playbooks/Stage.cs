using System.Text.Json.Nodes;

namespace AgentRouter.Cli.Commands.Tools.Bench.Systems.Playbooks;

/// <summary>A step of a playbook.</summary>
/// <param name="Name">What is known when it is done.</param>
/// <param name="Services">The usual service and its stand-in.</param>
internal sealed record Stage(string Name, params string[] Services)
{
    /// <summary>What stands for a branch that could not be run.</summary>
    public const string Unchecked = "unchecked";

    /// <summary>Gets the rule that ends the work before the step, by what is known; or <see langword="null"/>.</summary>
    public Func<JsonObject, Ending?>? Before { get; init; }

    /// <summary>Gets the rule that says which of the services may be used, by what is known; all of them when <see langword="null"/>.</summary>
    public Func<JsonObject, string, bool>? Allows { get; init; }

    /// <summary>Gets what is done when no service is left; when <see langword="null"/>, the work goes on without the step.</summary>
    public Ending? Lost { get; init; }

    /// <summary>Gets a value indicating whether it only tells somebody what is done already.</summary>
    public bool IsMessage { get; init; }

    /// <summary>Gets the services that may be used.</summary>
    public IEnumerable<string> Options(JsonObject known) => Services.Where(service => Allows?.Invoke(known, service) != false);
}
