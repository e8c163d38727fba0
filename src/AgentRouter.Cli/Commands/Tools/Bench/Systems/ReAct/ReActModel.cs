using System.Globalization;
using System.Text.Json.Nodes;
using AgentRouter.Cli.Commands.Tools.Bench.Domains;
using AgentRouter.Cli.Commands.Tools.Bench.Judging;
using AgentRouter.Cli.Commands.Tools.Bench.Systems.Playbooks;
using Microsoft.Extensions.AI;

namespace AgentRouter.Cli.Commands.Tools.Bench.Systems.ReAct;

/// <summary>A scripted model that knows its playbook and makes no mistakes. It learns of a failure as models do: from the result of a call.</summary>
/// <remarks>It is asked as often as the Self-Healing Router's paper counts: once for a plan, once for each step, once for each option that failed, twice at a
/// dead end. Where a rule of the domain ends the work, it says so at once.</remarks>
internal sealed class ReActModel : IChatClient
{
    private readonly ScenarioDomain _domain;
    private readonly JsonObject _known;
    private readonly IEnumerator<ChatMessage> _replies;
    private IList<AITool> _tools = [];
    private JsonNode? _result;
    private bool _failed;
    private int _calls;

    public ReActModel(ScenarioDomain domain)
    {
        _domain = domain;
        _known = domain.Facts;
        _replies = Replies().GetEnumerator();
    }

    /// <inheritdoc cref="SystemRun.Reroutes"/>
    public int Reroutes { get; private set; }

    /// <inheritdoc cref="SystemRun.Demotions"/>
    public int Demotions { get; private set; }

    /// <inheritdoc cref="SystemRun.Escalations"/>
    public int Escalations { get; private set; }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        _tools = options?.Tools ?? [];
        object? observed = messages.LastOrDefault(message => message.Role == ChatRole.Tool)?.Contents.OfType<FunctionResultContent>().LastOrDefault()?.Result;
        _failed = observed is string text && text.StartsWith(ReActSystem.Error, StringComparison.Ordinal);
        _result = ServiceResult.ToNode(observed);
        return Task.FromResult(new ChatResponse(_replies.MoveNext() ? _replies.Current : Say(FinalAnswer.Write(Claim.Failed, "nothing else can be done"))));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The loop asks for whole answers.");

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    /// <inheritdoc/>
    public void Dispose() => _replies.Dispose();

    // One element is one call of the model. After each, what its call came to has been observed.
    private IEnumerable<ChatMessage> Replies()
    {
        Stage[] stages = _domain.Playbook.Stages;
        yield return Say("Plan: " + string.Join(", ", stages.Select(stage => stage.Name)));
        foreach (Stage stage in stages)
        {
            if (stage.Before?.Invoke(_known) is { } rule)
            {
                Escalations++;
                yield return End(rule);
                yield break;
            }

            bool isDone = false;
            int tried = 0;
            foreach (string service in stage.Options(_known))
            {
                Reroutes += tried++ > 0 ? 1 : 0;
                yield return Call(stage == stages[^1] ? FinalAnswer.Write(Claim.Reached, "done") : $"Next: {stage.Name}", new EndingCall(service));
                if (isDone = !_failed)
                    break;
            }

            if (isDone)
            {
                _known[stage.Name] = _result?.DeepClone();
                continue;
            }

            yield return Say($"There is no other service for {stage.Name}.");
            if (stage.Lost is { } ending)
            {
                Demotions++;
                yield return Say($"The goal cannot be reached. What is still worth reaching? {ending.Name}");
                yield return End(ending);
                yield break;
            }

            Reroutes++;
            _known[stage.Name] = Stage.Unchecked;
        }
    }

    private ChatMessage End(Ending ending) => Call(FinalAnswer.Write(Claim.Lesser, ending.Name), ending.Calls);

    private ChatMessage Call(string text, params EndingCall[] calls)
    {
        ChatMessage reply = Say(text);
        foreach (EndingCall call in calls)
        {
            AIFunctionArguments arguments = Playbook.ArgumentsOf(_tools.OfType<AIFunction>().First(tool => tool.Name == call.Service), _known, call.Arguments);
            reply.Contents.Add(new FunctionCallContent((++_calls).ToString(CultureInfo.InvariantCulture), call.Service, arguments));
        }

        return reply;
    }

    private static ChatMessage Say(string text) => new(ChatRole.Assistant, text);
}
