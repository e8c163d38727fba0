using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.Onnx.Tokenizing;

namespace AgentRouter.Onnx.Sessions;

/// <summary>Runs texts through a model in batches of like length, one batch at a time. Safe for threads.</summary>
/// <param name="session">The model; owned.</param>
/// <param name="template">How texts are padded.</param>
/// <param name="report">What is told of short memory.</param>
internal sealed class BatchRunner(IModelSession session, TokenTemplate template, Action<string>? report) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly BatchTokens _tokens = new(session.BatchTokens);

    /// <summary>Runs texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="output">The output that is read.</param>
    /// <param name="read">Takes what the model gave for a batch: the places of its texts, the batch, the output.</param>
    /// <param name="cancellationToken">Cancels the work between two batches.</param>
    /// <exception cref="ConfigurationException">The memory is too short for one text alone.</exception>
    public async Task RunAsync(IReadOnlyList<EncodedText> texts, string output, Action<int[], TokenBatch, ModelOutput> read, CancellationToken cancellationToken)
    {
        // the longest first: what does not fit shows at once, and padding is least
        int[] order = [.. Enumerable.Range(0, texts.Count).OrderByDescending(place => texts[place].Ids.Count)];
        for (int done = 0; done < order.Length;)
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                int start = done;
                done += await Task.Run(() => RunOne(texts, order, start, output, read), cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        session.Dispose();
        _turn.Dispose();
    }

    // how many texts were run; none when the memory was short
    private int RunOne(IReadOnlyList<EncodedText> texts, int[] order, int start, string output, Action<int[], TokenBatch, ModelOutput> read)
    {
        int length = Math.Max(1, texts[order[start]].Ids.Count);
        int count = Math.Clamp(_tokens.Limit / length, 1, order.Length - start);
        int[] places = order[start..(start + count)];
        var batch = new TokenBatch([.. places.Select(place => texts[place])], template.PadId);
        try
        {
            read(places, batch, session.Run(batch, output));
            _tokens.Ran();
            return count;
        }
        catch (ModelMemoryException e) when (count > 1)
        {
            _tokens.WasTooMuch(count * length);
            report?.Invoke(string.Create(CultureInfo.InvariantCulture, $"The device has not enough memory for {count} texts of up to {length} tokens at a time ({e.Message.Trim()}): fewer are tried."));
            return 0;
        }
        catch (ModelMemoryException e)
        {
            throw new ConfigurationException(string.Create(CultureInfo.InvariantCulture, $"The device has not enough memory for one text of {length} tokens: {e.Message.Trim()} Set MaxTokens lower, or use the processor."), e);
        }
    }
}
