using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.Onnx.Folders;
using AgentRouter.Onnx.Pulling;
using AgentRouter.Onnx.Sessions;
using AgentRouter.Onnx.Tokenizing;
using Microsoft.Extensions.AI;

namespace AgentRouter.Onnx.Embeddings;

/// <summary>Makes vectors of texts with a sentence-transformers model on the user's own machine. Safe for threads.</summary>
/// <remarks>
/// The folder says all: tokenizer, length, pooling, prompts (N. Reimers and I. Gurevych, "Sentence-BERT", 2019). What it says and this class does
/// not know is an error, so vectors are those of the model or there are none. Texts are run in batches of like length; nothing leaves the machine.
/// </remarks>
public sealed class OnnxEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private const string Provider = "onnx";
    private const int ShownCommit = 12;

    private readonly BatchRunner _runner;
    private readonly ModelTokenizer _tokenizer;
    private readonly EmbeddingModules _modules;
    private readonly TokenPooling _pooling;
    private readonly string _output;
    private readonly string _file;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <summary>Makes the generator of its parts.</summary>
    /// <param name="session">The model; owned.</param>
    /// <param name="tokenizer">What makes tokens.</param>
    /// <param name="modules">What the folder says.</param>
    /// <param name="file">The model's file.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="report">What is told of short memory.</param>
    internal OnnxEmbeddingGenerator(IModelSession session, ModelTokenizer tokenizer, EmbeddingModules modules, string file, string name, Action<string>? report)
    {
        ModelTensor output = VectorOutput.Find(session.Outputs, file);
        if (output.Rank == 3 && modules.Pooling is null)
            throw new ConfigurationException($"{modules.Transformer.Path}: the model gives a vector for each token, and no 1_Pooling/config.json says how they become one. Put the file of the published model there.");
        (_tokenizer, _modules, _output, _file) = (tokenizer, modules, output.Name, file);
        _pooling = new TokenPooling(modules.Pooling ?? PoolingMode.Mean, modules.Normalizes);
        _runner = new BatchRunner(session, tokenizer.Template, report);
        _metadata = new EmbeddingGeneratorMetadata(Provider, providerUri: null, name);
    }

    /// <summary>Gets what the model wants before a text that is searched for, such as <c>query: </c>; <see langword="null"/> when its folder does not say.</summary>
    public string? TaskPrefix => _modules.TaskPrefix;

    /// <summary>Gets what the model wants before a text that is to be found, such as <c>passage: </c>; <see langword="null"/> when its folder does not say.</summary>
    public string? SkillPrefix => _modules.SkillPrefix;

    /// <summary>Gets the most tokens of a text, special ones counted; what is behind is cut off.</summary>
    public int MaxTokens => _tokenizer.MaxTokens;

    /// <summary>Loads a model.</summary>
    /// <param name="folder">A sentence-transformers folder with the model as ONNX.</param>
    /// <param name="options">Where and how it runs.</param>
    /// <exception cref="ConfigurationException">Something is missing, or says what is not known; the message names file and setting.</exception>
    public static OnnxEmbeddingGenerator Load(string folder, OnnxEmbeddingOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        OnnxEmbeddingOptions used = options ?? new OnnxEmbeddingOptions();
        used.Validate();
        var files = new ModelFolder(folder);
        EmbeddingModules modules = EmbeddingModules.Read(files);
        ModelJson config = modules.Transformer.Json("config.json") ?? throw new ConfigurationException($"There is no config.json in {modules.Transformer.Path}.");
        ModelTokenizer tokenizer = TokenizerReader.Read(modules.Transformer, config, used.MaxTokens, modules.MaxTokens);
        string file = files.ModelFile(used.ModelFile);
        var session = OnnxSession.Load(file, used);
        try
        {
            return new OnnxEmbeddingGenerator(session, tokenizer, modules, file, NameOf(files, used), used.Report);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ConfigurationException">The model gave what cannot be read, or has not the dimensions that are asked for.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        EncodedText[] texts = [.. values.Select(Encode)];
        var vectors = new float[texts.Length][];
        await _runner.RunAsync(texts, _output, (places, batch, output) => Read(places, batch, output, vectors), cancellationToken).ConfigureAwait(false);
        if (vectors is [var any, ..] && options?.Dimensions is { } wanted && wanted != any.Length)
            throw new ConfigurationException(string.Create(CultureInfo.InvariantCulture, $"{wanted} dimensions are asked for, and the model '{_metadata.DefaultModelId}' makes {any.Length}."));
        long tokens = texts.Sum(text => (long)text.Ids.Count);
        return new GeneratedEmbeddings<Embedding<float>>(vectors.Select(vector => new Embedding<float>(vector) { ModelId = _metadata.DefaultModelId }))
        {
            Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens },
        };
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        return serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Frees the model. Not while texts are being run.</summary>
    public void Dispose() => _runner.Dispose();

    // blanks around a text are left out, as sentence-transformers does
    private EncodedText Encode(string text)
    {
        string trimmed = text.Trim();
        return _tokenizer.Encode(_modules.LowerCases ? trimmed.ToLowerInvariant() : trimmed);
    }

    private void Read(int[] places, TokenBatch batch, ModelOutput output, float[][] vectors)
    {
        int[] expected = output.Shape.Count == 3 ? [batch.Count, batch.Length] : [batch.Count];
        if (output.Shape.Count is not (2 or 3) || !output.Shape.Take(expected.Length).SequenceEqual(expected) || output.Shape[^1] == 0)
            throw new ConfigurationException($"{_file}: the output '{_output}' has the shape {string.Join(" x ", output.Shape)} for {batch.Count} texts of {batch.Length} tokens.");
        for (int text = 0; text < places.Length; text++)
            vectors[places[text]] = _pooling.VectorOf(batch, output, text);
    }

    // another commit or file of a model makes other vectors
    private static string NameOf(ModelFolder folder, OnnxEmbeddingOptions options)
    {
        string name = folder.Find(ModelLock.FileName) is { } locked ? $"{folder.Name}@{ModelLock.Read(locked).Commit[..ShownCommit]}" : folder.Name;
        return options.ModelFile is { } file ? $"{name}/{file}" : name;
    }
}
