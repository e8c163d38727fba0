using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;
using AgentRouter.Steps;
using AgentRouter.Tools;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Telemetry;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Nodes.Agent;

/// <summary>Lets its agent work: one LLM call, or a function-calling loop over the router when the agent has tools.</summary>
internal sealed class AgentRunner : INodeRunner
{
    private readonly AgentNode _node;
    private readonly NodeContext _context;
    private readonly IReadOnlyList<string> _toolNames;
    private readonly AnswerSchema? _schema;
    private List<AITool>? _tools;
    private FunctionInvokingChatClient? _loop;
    private ChatMessage? _system;
    private List<ChatMessage>? _conversation;
    private Exception? _stop;
    private bool _hasActed;

    public AgentRunner(AgentNode node, NodeContext context)
    {
        _node = node;
        _context = context;
        _toolNames = node.Tools ?? node.Agent.Tools;
        _schema = AnswerSchema.For(node.OutputSchema ?? node.Agent.OutputSchema);
        foreach (string tool in _toolNames)
            context.Run.Tools.Need(tool);
    }

    /// <inheritdoc/>
    public bool MayRepeat => !_hasActed;

    private AgentDefinition Agent => _node.Agent;

    public async ValueTask<NodeResult> RunAsync(int visit, CancellationToken cancellationToken)
    {
        using Activity? activity = WorkflowTelemetry.StartAgent(Agent, _context.Path, visit);
        _hasActed = false;
        try
        {
            List<ChatMessage> messages = Messages();
            ChatOptions options = Options(visit);
            ChatResponse response = await AskAsync(messages, options, cancellationToken);
            JsonNode? output = _schema is null
                ? JsonValue.Create(TextOf(response))
                : await ReadAsync(_schema, messages, response, options, cancellationToken);
            if (_node.KeepConversation)
                _conversation = [.. messages, .. response.Messages];
            string[] unsatisfied = [.. _node.Requires.Where(capability => !_context.Run.Capabilities.IsSatisfied(capability))];
            return unsatisfied.Length == 0
                ? NodeResult.Done(output)
                : NodeResult.Failed($"Agent '{Agent.Name}' at node '{_context.Path}' has answered, but {string.Join(", ", unsatisfied)} {(unsatisfied.Length == 1 ? "is" : "are")} not satisfied.");
        }
        catch (Exception exception) when (activity is not null)
        {
            WorkflowTelemetry.Fail(activity, exception.GetType().Name);
            throw;
        }
    }

    private async ValueTask<ChatResponse> AskAsync(List<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        if (_toolNames.Count == 0 || Agent.MaxCalls < 2)
            return await _context.Run.Chat.GetResponseAsync(messages, options, cancellationToken);
        _stop = null;
        options.Tools = _tools ??= [.. _context.Run.Tools.Resolve(_toolNames).Select(Wrap)];
        ChatResponse response = await (_loop ??= MakeLoop()).GetResponseAsync(messages, options, cancellationToken);
        if (_stop is not null)
            ExceptionDispatchInfo.Throw(_stop);
        return response;
    }

    // One answer that does not fit may be put right; a second one fails the node.
    private async ValueTask<JsonNode?> ReadAsync(
        AnswerSchema schema, List<ChatMessage> messages, ChatResponse response, ChatOptions options, CancellationToken cancellationToken)
    {
        if (schema.TryRead(TextOf(response), out JsonNode? output, out string? problem))
            return output;
        List<ChatMessage> again =
        [
            .. messages, .. response.Messages,
            new(ChatRole.User, $"Your answer cannot be used: {problem} {schema.Instruction}"),
        ];
        options.Tools = null;
        response = await _context.Run.Chat.GetResponseAsync(again, options, cancellationToken);
        return schema.TryRead(TextOf(response), out output, out problem)
            ? output
            : throw new NodeFailedException($"Agent '{Agent.Name}' at node '{_context.Path}' did not answer in the form it was asked for, not even the second time: {problem}");
    }

    private string TextOf(ChatResponse response)
    {
        if (response.Messages.Count == 0)
            return "";
        ChatMessage last = response.Messages[^1];
        for (int i = 0; i < last.Contents.Count; i++)
        {
            if (last.Contents[i] is FunctionCallContent)
                throw new NodeFailedException(_toolNames.Count == 0
                    ? $"Agent '{Agent.Name}' at node '{_context.Path}' asks for a tool although it has none. Give it tools, or say in its instructions that it has none."
                    : $"Agent '{Agent.Name}' at node '{_context.Path}' used its {Agent.MaxCalls} calls and still asks for tools. Raise its maxCalls, or give it less to do.");
        }

        return last.Text;
    }

    private List<ChatMessage> Messages()
    {
        string instructions = Agent.Instructions.Render(_context.Scope);
        if (_schema is not null)
            instructions = $"{instructions}\n\n{_schema.Instruction}";
        // the same message object tells the router that the prompt goes on where an earlier one ended
        if (_system is null || _system.Text != instructions)
            _system = new ChatMessage(ChatRole.System, instructions);
        var request = new ChatMessage(ChatRole.User, _node.Prompt?.Render(_context.Scope) ?? HandOver.Write(_context.Workflow));
        if (_conversation is null)
            return [_system, request];
        _conversation[0] = _system;
        return [.. _conversation, request];
    }

    private ChatOptions Options(int visit) => new ChatOptions
    {
        Temperature = Agent.Temperature,
        MaxOutputTokens = Agent.MaxOutputTokens,
        ResponseFormat = _schema?.Format,
    }.WithStep(new StepIdentity(_context.Run.RunId, _context.Workflow.Definition.Name, _node.Name, Agent.Name, Agent.Role, visit) { AllowedTiers = Agent.Tiers });

    private AgentTool Wrap(OpenTool tool) => new(tool, _context.Run.ToolCalls, () => _hasActed = true, exception => _stop = exception);

    // The last call of the loop is made without tools, so that the agent answers with what it has.
    private FunctionInvokingChatClient MakeLoop() => new(_context.Run.Chat, _context.Run.LoggerFactory)
    {
        MaximumIterationsPerRequest = Agent.MaxCalls - 1,
    };
}
