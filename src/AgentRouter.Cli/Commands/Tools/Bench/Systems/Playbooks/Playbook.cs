using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace AgentRouter.Cli.Commands.Tools.Bench.Systems.Playbooks;

/// <summary>How an experienced operator does a domain's work: what the static workflow and the scripted model of the ReAct loop know. It says the same as the
/// domain's capability graph: the same services, stand-ins, rules and lesser goals.</summary>
/// <param name="Stages">The steps, in order.</param>
internal sealed record Playbook(params Stage[] Stages)
{
    /// <summary>Makes the arguments of a service: what is known under the names of its parameters.</summary>
    /// <param name="function">The service.</param>
    /// <param name="known">What is known.</param>
    /// <param name="others">What is given beside it.</param>
    public static AIFunctionArguments ArgumentsOf(AIFunction function, JsonObject known, JsonObject? others = null)
    {
        var arguments = new AIFunctionArguments();
        foreach (string name in function.JsonSchema.GetProperty("properties").EnumerateObject().Select(property => property.Name))
        {
            if ((others?[name] ?? known[name]) is { } value)
                arguments[name] = value.DeepClone();
        }

        return arguments;
    }
}
