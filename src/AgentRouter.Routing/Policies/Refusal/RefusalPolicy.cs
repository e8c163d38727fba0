using AgentRouter.Steps;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Policies.Refusal;

/// <summary>Gives empty and out-of-scope requests to the least capable model: saying no needs no other. The policy inside is not asked.</summary>
/// <remarks>
/// The check is a plain search for phrases, with no model behind it: a request that means the scope without saying so is taken for out of
/// scope, and is answered by the least capable model, not turned away. One user message with a phrase brings the conversation into scope, so
/// that "yes, please" is not taken for a new request.
/// </remarks>
public sealed class RefusalPolicy : DelegatingRoutingPolicy
{
    private readonly int _shortest;
    private readonly string[] _scope;
    private readonly string _tooShort, _outOfScope;

    /// <summary>Makes the rule.</summary>
    /// <param name="inner">What decides the other steps.</param>
    /// <param name="options">What is a request, and what is in scope.</param>
    /// <exception cref="ArgumentException">The shortest request is negative, or a phrase is empty.</exception>
    public RefusalPolicy(IRoutingPolicy inner, RefusalPolicyOptions options)
        : base(inner, RefusalDefaults.Name)
    {
        ArgumentNullException.ThrowIfNull(options);
        _shortest = options.Validate().ShortestRequest;
        _scope = [.. options.Scope];
        _tooShort = $"refusal: the request is shorter than {_shortest} characters";
        _outOfScope = $"refusal: the request holds none of the {_scope.Length} phrases of the scope";
    }

    /// <inheritdoc/>
    public override ValueTask<PolicyChoice> ChooseAsync(StepContext step, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(candidates);
        return Refusal(step.Messages) is { } reason
            ? new(TierChoice.Smallest(candidates, reason))
            : Inner.ChooseAsync(step, candidates, cancellationToken);
    }

    private string? Refusal(IReadOnlyList<ChatMessage> messages)
    {
        bool isLast = true, isInScope = _scope.Length == 0;
        for (int i = messages.Count - 1; i >= 0; i--)
        {
            if (messages[i].Role != ChatRole.User)
                continue;
            if (isLast && HasText(messages[i], _shortest) is false)
                return _tooShort;
            isLast = false;
            if (isInScope)
                return null;
            isInScope = Mentions(messages[i]);
        }

        // without any user message there is nothing to refuse: an agent works on its instructions
        return isLast || isInScope ? null : _outOfScope;
    }

    private static bool HasText(ChatMessage message, int shortest)
    {
        int length = 0;
        foreach (AIContent content in message.Contents)
        {
            // an image or a file is a request too
            if (content is not TextContent text)
                return true;
            length += text.Text.AsSpan().Trim().Length;
        }

        return length >= shortest && length > 0;
    }

    private bool Mentions(ChatMessage message)
    {
        foreach (AIContent content in message.Contents)
        {
            if (content is not TextContent text)
                continue;
            foreach (string phrase in _scope)
            {
                if (text.Text.Contains(phrase, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }
}
