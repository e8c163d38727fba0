using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Context;

/// <summary>Calls tools for branches: only those that change nothing, and each call once for all branches.</summary>
/// <param name="tools">The tools of the request.</param>
/// <param name="host">Says which of them may be tried, and calls them.</param>
internal sealed class BranchTools(IList<AITool>? tools, IContextHost host)
{
    private readonly Dictionary<string, object?> _results = new(StringComparer.Ordinal);

    /// <summary>Calls what a model asks for.</summary>
    /// <param name="calls">The calls of one answer.</param>
    /// <param name="cancellationToken">Cancels them.</param>
    /// <returns>The message with their results; <see langword="null"/> where one of them may not be tried: then none is.</returns>
    public async ValueTask<ChatMessage?> CallAsync(IReadOnlyList<FunctionCallContent> calls, CancellationToken cancellationToken)
    {
        AIFunction?[] functions = [.. calls.Select(Find)];
        if (functions.Contains(null))
            return null;
        var results = new ChatMessage(ChatRole.Tool, []);
        foreach ((FunctionCallContent call, AIFunction? function) in calls.Zip(functions))
        {
            string key = $"{call.Name}\n{RoundText.Arguments(call)}";
            if (!_results.TryGetValue(key, out object? result))
                _results[key] = result = await host.CallAsync(function!, new AIFunctionArguments(call.Arguments), cancellationToken).ConfigureAwait(false);
            results.Contents.Add(new FunctionResultContent(call.CallId, result));
        }

        return results;
    }

    private AIFunction? Find(FunctionCallContent call) =>
        call.Exception is null && tools?.OfType<AIFunction>().FirstOrDefault(tool => tool.Name == call.Name) is { } function && host.MayTry(function) ? function : null;
}
