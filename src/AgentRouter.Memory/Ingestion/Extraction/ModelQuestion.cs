using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>Asks a model for one JSON object; one that cannot be read is asked for once more, with what is wrong with it.</summary>
internal sealed class ModelQuestion(IChatClient client, ExtractionOptions options, ExtractionTally tally)
{
    // as much of an answer as says to its model what was wrong
    private const int ShownAnswer = 2_000;

    /// <summary>Asks.</summary>
    /// <param name="instructions">What is wanted.</param>
    /// <param name="question">What it is wanted of.</param>
    /// <param name="format">The form of the answer.</param>
    /// <param name="read">Reads an answer; throws <see cref="FormatException"/> with a sentence that says what is wrong.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer, or why there is none.</returns>
    public async Task<(T? Answer, string? Problem)> AskAsync<T>(string instructions, string question, ChatResponseFormat format, Func<string, T> read, CancellationToken cancellationToken)
        where T : class
    {
        List<ChatMessage> messages = [new(ChatRole.System, instructions), new(ChatRole.User, question)];
        (T? answer, string? problem, string text) = await OnceAsync(messages, format, read, cancellationToken).ConfigureAwait(false);
        if (answer is not null)
            return (answer, null);
        messages.Add(new ChatMessage(ChatRole.Assistant, text[..Math.Min(text.Length, ShownAnswer)]));
        messages.Add(new ChatMessage(ChatRole.User, $"The answer cannot be used: {problem} Answer again, with one JSON object and nothing else."));
        (answer, problem, _) = await OnceAsync(messages, format, read, cancellationToken).ConfigureAwait(false);
        return (answer, problem);
    }

    private async Task<(T? Answer, string? Problem, string Text)> OnceAsync<T>(List<ChatMessage> messages, ChatResponseFormat format, Func<string, T> read, CancellationToken cancellationToken)
        where T : class
    {
        ChatOptions asked = options.Configure(new ChatOptions { Temperature = 0, MaxOutputTokens = options.MaxOutputTokens, ResponseFormat = format });
        ChatResponse response = await client.GetResponseAsync(messages, asked, cancellationToken).ConfigureAwait(false);
        tally.Result = tally.Result with
        {
            Calls = tally.Result.Calls + 1,
            InputTokens = tally.Result.InputTokens + Math.Max(0, response.Usage?.InputTokenCount ?? 0),
            OutputTokens = tally.Result.OutputTokens + Math.Max(0, response.Usage?.OutputTokenCount ?? 0),
        };
        string text = response.Text;
        try
        {
            return (read(text), null, text);
        }
        catch (FormatException wrong)
        {
            string problem = response.FinishReason == ChatFinishReason.Length ? "It was cut off before its end: answer with fewer and shorter entries." : wrong.Message;
            return (null, problem, text);
        }
    }
}
