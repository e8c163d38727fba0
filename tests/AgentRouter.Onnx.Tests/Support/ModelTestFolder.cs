namespace AgentRouter.Onnx.Tests.Support;

/// <summary>A folder with a tiny model: words of one letter, and a vector for each token.</summary>
internal sealed class ModelTestFolder : IDisposable
{
    /// <summary>The tokens by their numbers.</summary>
    public static readonly string[] Vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "b", "c", "##c", "e", "é", "$"];

    public string Path { get; } = Directory.CreateTempSubdirectory("agentrouter-onnx-").FullName;

    /// <summary>A model whose token n has the vector (n, n * n, 1), and one more for each type.</summary>
    public static TestGraph Graph(int inputs = TestGraph.Int64) => new TestGraph()
        .Input("input_ids", inputs).Input("attention_mask", inputs).Input("token_type_ids", inputs)
        .Table("tokens", 3, [.. Enumerable.Range(0, Vocabulary.Length).SelectMany(token => VectorOf(token))])
        .Table("types", 3, 0, 0, 0, 1, 1, 1)
        .Node("Gather", ["tokens", "input_ids"], "words")
        .Node("Gather", ["types", "token_type_ids"], "sides")
        .Node("Add", ["words", "sides"], "last_hidden_state")
        .Output("last_hidden_state", TestGraph.Float, "batch", "tokens", "numbers");

    /// <summary>A sentence-transformers folder with a WordPiece vocabulary.</summary>
    public static ModelTestFolder Bert(string pooling = "mean_tokens", bool normalizes = false)
    {
        var folder = new ModelTestFolder();
        folder.Write("config.json", """{ "model_type": "bert", "max_position_embeddings": 64 }""");
        folder.Write("vocab.txt", string.Join('\n', Vocabulary));
        folder.Write("modules.json", $$"""
            [
              { "idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer" },
              { "idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling" }{{(normalizes ? """, { "idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize" }""" : "")}}
            ]
            """);
        folder.Write("1_Pooling/config.json", $$"""{ "word_embedding_dimension": 3, "pooling_mode_{{pooling}}": true, "pooling_mode_weightedmean_tokens": false }""");
        folder.Write("model.onnx", Graph().ToBytes());
        return folder;
    }

    /// <summary>A cross-encoder that adds up 1 for each b of the second text; with two classes, -2 for the first of them.</summary>
    public static ModelTestFolder CrossEncoder(int classes)
    {
        var folder = new ModelTestFolder();
        folder.Write("config.json", """{ "model_type": "bert", "max_position_embeddings": 64 }""");
        folder.Write("vocab.txt", string.Join('\n', Vocabulary));
        float[] weights = classes == 2 ? [-2, 1] : [1, 0, 0];
        folder.Write("model.onnx", new TestGraph()
            .Input("input_ids").Input("attention_mask").Input("token_type_ids")
            .Table("tokens", classes, [.. Vocabulary.SelectMany(token => weights.Take(classes).Select(weight => token == "b" ? weight : 0))])
            .Table("types", classes, [.. Enumerable.Range(0, 2 * classes).Select(place => place < classes ? 0f : 1f)])
            .Whole("axes", 1)
            .Node("Gather", ["tokens", "input_ids"], "words")
            .Node("Gather", ["types", "token_type_ids"], "sides")
            .Node("Mul", ["words", "sides"], "counted")
            .Node("ReduceSum", ["counted", "axes"], "logits", ("keepdims", 0))
            .Output("logits", TestGraph.Float, "batch", "classes").ToBytes());
        return folder;
    }

    public static float[] VectorOf(int token) => [token, token * token, 1];

    public void Write(string file, string text) => File.WriteAllText(At(file), text);

    public void Write(string file, byte[] bytes) => File.WriteAllBytes(At(file), bytes);

    public void Delete(string file) => File.Delete(At(file));

    public string At(string file)
    {
        string path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
