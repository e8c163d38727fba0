using System.Globalization;
using System.Text;
using AgentRouter.Models;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Scripted;

/// <summary>What a script's conditions look at, drawn once from a request.</summary>
internal sealed class ScriptRequest
{
    private const int ShownResult = 200;

    private readonly Dictionary<string, string> _toolsByCallId = [];

    public ScriptRequest(ModelProfile profile, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        Model = profile.Name;
        Tier = profile.Tier;
        Identity = options.GetStep();
        Call = 1;
        if (options?.Instructions is { Length: > 0 } instructions)
            Texts.Add(instructions);
        foreach (ChatMessage message in messages)
            Take(message);
    }

    public string Model { get; }

    public string Tier { get; }

    public StepIdentity? Identity { get; }

    /// <summary>Gets the number of this LLM call since the last user message, from 1.</summary>
    public int Call { get; private set; }

    public string? LastTool { get; private set; }

    public string? LastResult { get; private set; }

    /// <summary>Gets the texts of all messages.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>Gets the ids of the tool calls in the conversation.</summary>
    public IReadOnlyCollection<string> CallIds => _toolsByCallId.Keys;

    /// <summary>Writes what was looked for, for the author of the script.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"model {Model}, tier {Tier}");
        if (Identity is { } identity)
            text.Append(CultureInfo.InvariantCulture, $", workflow {identity.Workflow ?? "-"}, node {identity.Node ?? "-"}, agent {identity.Agent ?? "-"}, role {identity.Role ?? "-"}, visit {identity.Visit}");
        else
            text.Append(", without a step identity");
        text.Append(CultureInfo.InvariantCulture, $", call {Call}, last tool {LastTool ?? "-"}");
        if (LastResult is { } result)
            text.Append(CultureInfo.InvariantCulture, $", its result: {(result.Length > ShownResult ? result[..ShownResult] + "…" : result)}");
        return text.ToString();
    }

    private void Take(ChatMessage message)
    {
        if (message.Role == ChatRole.User)
            Call = 1;
        else if (message.Role == ChatRole.Assistant)
            Call++;
        if (message.Text is { Length: > 0 } text)
            Texts.Add(text);
        foreach (AIContent content in message.Contents)
        {
            if (content is FunctionCallContent call)
            {
                _toolsByCallId[call.CallId] = call.Name;
            }
            else if (content is FunctionResultContent result)
            {
                LastTool = _toolsByCallId.GetValueOrDefault(result.CallId);
                LastResult = ScriptedTokens.ResultText(result);
                Texts.Add(LastResult);
            }
        }
    }
}
