using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;
using AgentRouter.Steps;
using AgentRouter.Tools;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Engine.Contexts;
using AgentRouter.Workflows.Engine.Memories;
using AgentRouter.Workflows.Engine.Skills;
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
    private readonly AgentSkills? _skills;
    private readonly AgentMemory? _memory;
    private List<AITool>? _tools;
    private IChatClient? _chat;
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
        _skills = AgentSkills.For(node, context);
        _memory = AgentMemory.For(node, context);
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
            OpenChat(visit);
            string task = _node.Prompt?.Render(_context.Scope) ?? HandOver.Write(_context.Workflow);
            List<ChatMessage> messages = await MessagesAsync(task, visit, cancellationToken);
            ChatOptions options = Options(visit);
            ChatResponse response = await AskAsync(messages, options, cancellationToken);
            JsonNode? output = _schema is null
                ? JsonValue.Create(TextOf(response))
                : await ReadAsync(_schema, messages, response, options, cancellationToken);
            if (_node.KeepConversation)
                _conversation = [.. messages, .. response.Messages];
            string[] unsatisfied = [.. _node.Requires.Where(capability => !_context.Run.Capabilities.IsSatisfied(capability))];
            if (unsatisfied.Length > 0)
                throw new NodeFailedException($"Agent '{Agent.Name}' at node '{_context.Path}' has answered, but {string.Join(", ", unsatisfied)} {(unsatisfied.Length == 1 ? "is" : "are")} not satisfied.");
            if (_memory is not null)
                await _memory.EndAsync(task, JsonText.Plain(output), visit, cancellationToken);
            _skills?.End();
            return NodeResult.Done(output);
        }
        catch (Exception exception)
        {
            if (exception is NodeFailedException)
                _skills?.Fail();
            if (activity is not null)
                WorkflowTelemetry.Fail(activity, exception.GetType().Name);
            throw;
        }
    }

    // a conversation that is kept goes on with what was left out of it
    private void OpenChat(int visit)
    {
        if (_chat is not null && _node.KeepConversation)
            return;
        IChatClient chat = AgentContext.ChatOf(_node, _context, visit);
        if (!ReferenceEquals(chat, _chat))
            (_chat, _loop) = (chat, null);
    }

    private async ValueTask<ChatResponse> AskAsync(List<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        if (!HasTools || Agent.MaxCalls < 2)
            return await _chat!.GetResponseAsync(messages, options, cancellationToken);
        _stop = null;
        options.Tools = _tools ??= Tools();
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
        response = await _chat!.GetResponseAsync(again, options, cancellationToken);
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
                throw new NodeFailedException(!HasTools
                    ? $"Agent '{Agent.Name}' at node '{_context.Path}' asks for a tool although it has none. Give it tools, or say in its instructions that it has none."
                    : $"Agent '{Agent.Name}' at node '{_context.Path}' used its {Agent.MaxCalls} calls and still asks for tools. Raise its maxCalls, or give it less to do.");
        }

        return last.Text;
    }

    private async ValueTask<List<ChatMessage>> MessagesAsync(string task, int visit, CancellationToken cancellationToken)
    {
        string instructions = Agent.Instructions.Render(_context.Scope);
        if (_schema is not null)
            instructions = $"{instructions}\n\n{_schema.Instruction}";
        // the same message object tells the router that the prompt goes on where an earlier one ended
        if (_system is null || _system.Text != instructions)
            _system = new ChatMessage(ChatRole.System, instructions);
        string recalled = _memory is null ? "" : await _memory.RecallAsync(task, visit, cancellationToken);
        string offered = _skills is null ? "" : await _skills.OfferAsync(task, visit, cancellationToken);
        var request = new ChatMessage(ChatRole.User, string.Join("\n\n", new[] { task, recalled, offered }.Where((part, place) => place == 0 || part.Length > 0)));
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

    private bool HasTools => _toolNames.Count > 0 || _skills is not null || _memory is { Recalls: true } or { Writes: true };

    private List<AITool> Tools()
    {
        List<OpenTool> own = _context.Run.Tools.Resolve(_toolNames);
        List<AITool> tools = [.. own.Select(tool => Wrap(tool))];
        foreach ((OpenTool tool, Func<ToolOutcome, object?> show) in _skills is null ? [] : SkillToolBox.Of(_skills))
            Add(tool, show, "skills");
        foreach ((OpenTool tool, Func<ToolOutcome, object?>? show) in _memory is null ? [] : MemoryToolBox.Of(_memory))
            Add(tool, show, "a memory");

        return tools;

        void Add(OpenTool tool, Func<ToolOutcome, object?>? show, string what)
        {
            if (own.Exists(other => other.Function.Name == tool.Function.Name))
                throw new NodeFailedException($"Agent '{Agent.Name}' at node '{_context.Path}' has {what}, whose tools are named '{tool.Description.FullName}' too. Give the tools '{tool.Description.FullName}' another name.");
            tools.Add(Wrap(tool, show));
        }
    }

    private AgentTool Wrap(OpenTool tool, Func<ToolOutcome, object?>? show = null) => new(tool, _context.Run.ToolCalls, show, () => _hasActed = true, exception => _stop = exception);

    // The last call of the loop is made without tools, so that the agent answers with what it has.
    private FunctionInvokingChatClient MakeLoop() => new(_chat!, _context.Run.LoggerFactory)
    {
        MaximumIterationsPerRequest = Agent.MaxCalls - 1,
    };
}
