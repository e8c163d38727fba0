using AgentRouter.Configuration;
using AgentRouter.Onnx.Folders;
using AgentRouter.Onnx.Sessions;
using AgentRouter.Onnx.Tokenizing;

namespace AgentRouter.Onnx.Reranking;

/// <summary>Judges how well texts fit a query with a model that reads both at once, on the user's own machine. Safe for threads.</summary>
/// <remarks>It sees what vectors, which are made of each text alone, cannot; and it has to run for each pair, so it looks at few
/// (R. Nogueira and K. Cho, "Passage re-ranking with BERT", 2019).</remarks>
public sealed class OnnxCrossEncoder : IDisposable
{
    private readonly BatchRunner _runner;
    private readonly ModelTokenizer _tokenizer;
    private readonly string _output;
    private readonly string _file;

    /// <summary>Makes the encoder of its parts.</summary>
    /// <param name="session">The model; owned.</param>
    /// <param name="tokenizer">What makes tokens.</param>
    /// <param name="file">The model's file.</param>
    /// <param name="report">What is told of short memory.</param>
    internal OnnxCrossEncoder(IModelSession session, ModelTokenizer tokenizer, string file, Action<string>? report)
    {
        if (tokenizer.Template.Pair is null)
            throw new ConfigurationException($"{file}: its tokenizer does not say how two texts stand together, so it judges no pairs.");
        (_tokenizer, _output, _file) = (tokenizer, PairScore.Find(session.Outputs, file).Name, file);
        _runner = new BatchRunner(session, tokenizer.Template, report);
    }

    /// <summary>Gets the most tokens of a pair, special ones counted; the longer text is cut off.</summary>
    public int MaxTokens => _tokenizer.MaxTokens;

    /// <summary>Loads a model.</summary>
    /// <param name="folder">The folder of a model for sequence classification with one class or two, as ONNX.</param>
    /// <param name="options">Where and how it runs.</param>
    /// <exception cref="ConfigurationException">Something is missing, or says what is not known; the message names file and setting.</exception>
    public static OnnxCrossEncoder Load(string folder, OnnxCrossEncoderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        OnnxCrossEncoderOptions used = options ?? new OnnxCrossEncoderOptions();
        used.Validate();
        var files = new ModelFolder(folder);
        ModelJson config = files.Json("config.json") ?? throw new ConfigurationException($"There is no config.json in {files.Path}.");
        ModelTokenizer tokenizer = TokenizerReader.Read(files, config, used.MaxTokens, limit: null);
        string file = files.ModelFile(used.ModelFile);
        var session = OnnxSession.Load(file, used);
        try
        {
            return new OnnxCrossEncoder(session, tokenizer, file, used.Report);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Judges texts for a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="cancellationToken">Cancels the work between two batches.</param>
    /// <returns>For each text, in order, how well it fits, from 0 to 1. Scores of different models cannot be compared.</returns>
    /// <exception cref="ConfigurationException">The model gave what cannot be read.</exception>
    public async Task<IReadOnlyList<float>> ScoreAsync(string query, IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(texts);
        string trimmed = query.Trim();
        EncodedText[] pairs = [.. texts.Select(text => _tokenizer.Encode(trimmed, text.Trim()))];
        var scores = new float[pairs.Length];
        await _runner.RunAsync(pairs, _output, (places, batch, output) => Read(places, batch, output, scores), cancellationToken).ConfigureAwait(false);
        return scores;
    }

    /// <summary>Frees the model. Not while texts are being judged.</summary>
    public void Dispose() => _runner.Dispose();

    private void Read(int[] places, TokenBatch batch, ModelOutput output, float[] scores)
    {
        if (output.Shape.Count != 2 || output.Shape[0] != batch.Count || output.Shape[1] is not (1 or 2))
            throw new ConfigurationException($"{_file}: the output '{_output}' has the shape {string.Join(" x ", output.Shape)} for {batch.Count} pairs. One class or two can be read.");
        for (int pair = 0; pair < places.Length; pair++)
            scores[places[pair]] = PairScore.Of(output, pair);
    }
}
