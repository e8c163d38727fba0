using AgentRouter.Configuration;
using AgentRouter.Onnx.Devices;
using AgentRouter.Onnx.Embeddings;
using AgentRouter.Onnx.Pulling;
using AgentRouter.Onnx.Tests.Support;
using Microsoft.Extensions.AI;

namespace AgentRouter.Onnx.Tests.Embeddings;

public sealed class OnnxEmbeddingGeneratorTests
{
    private const int Cls = 2, Sep = 3, A = 4, B = 5;

    [Fact]
    public async Task The_mean_of_a_text_counts_its_tokens_and_special_tokens_but_no_padding()
    {
        using var folder = ModelTestFolder.Bert();
        using var generator = OnnxEmbeddingGenerator.Load(folder.Path);

        GeneratedEmbeddings<Embedding<float>> vectors = await generator.GenerateAsync(["a", "a b b b b"]);

        vectors[0].Vector.ToArray().ShouldBe(Mean(Cls, A, Sep));
        vectors[1].Vector.ToArray().ShouldBe(Mean(Cls, A, B, B, B, B, Sep));
        vectors.Usage!.InputTokenCount.ShouldBe(10);
    }

    [Theory]
    [InlineData("cls_token", Cls)]
    [InlineData("lasttoken", Sep)]
    [InlineData("max_tokens", B)]
    public async Task Other_poolings_take_one_token(string pooling, int token)
    {
        using var folder = ModelTestFolder.Bert(pooling);
        using var generator = OnnxEmbeddingGenerator.Load(folder.Path);

        (await generator.GenerateVectorAsync("a b")).ToArray().ShouldBe(ModelTestFolder.VectorOf(token));
    }

    [Fact]
    public async Task Vectors_get_the_length_one_where_the_folder_says_so()
    {
        using var folder = ModelTestFolder.Bert(normalizes: true);
        using var generator = OnnxEmbeddingGenerator.Load(folder.Path);

        float[] vector = (await generator.GenerateVectorAsync("a")).ToArray();

        float[] mean = Mean(Cls, A, Sep);
        float length = MathF.Sqrt(mean.Sum(number => number * number));
        vector.ShouldBe(mean.Select(number => number / length), tolerance: 1e-6);
    }

    [Fact]
    public async Task A_vector_of_the_text_that_the_model_makes_itself_is_taken_as_it_is()
    {
        using var folder = ModelTestFolder.Bert();
        folder.Write("model.onnx", ModelTestFolder.Graph().Whole("axes", 1).Node("ReduceSum", ["last_hidden_state", "axes"], "sentence_embedding", ("keepdims", 0))
            .Output("sentence_embedding", TestGraph.Float, "batch", "numbers").ToBytes());
        using var generator = OnnxEmbeddingGenerator.Load(folder.Path);

        (await generator.GenerateVectorAsync("a")).ToArray().ShouldBe(Mean(Cls, A, Sep).Select(number => number * 3), tolerance: 1e-4);
    }

    [Fact]
    public async Task Half_precision_and_int32_are_read_too()
    {
        using var folder = ModelTestFolder.Bert("cls_token");
        folder.Write("onnx/half.onnx", ModelTestFolder.Graph(TestGraph.Int32).Node("Cast", ["last_hidden_state"], "token_embeddings", ("to", TestGraph.Float16))
            .Output("token_embeddings", TestGraph.Float16, "batch", "tokens", "numbers").ToBytes());
        using var generator = OnnxEmbeddingGenerator.Load(folder.Path, new OnnxEmbeddingOptions { ModelFile = "onnx/half.onnx" });

        (await generator.GenerateVectorAsync("a")).ToArray().ShouldBe(ModelTestFolder.VectorOf(Cls));
        generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId.ShouldEndWith("/onnx/half.onnx");
    }

    [Fact]
    public async Task Many_texts_of_all_lengths_come_back_in_their_order()
    {
        using var folder = ModelTestFolder.Bert();
        using var generator = OnnxEmbeddingGenerator.Load(folder.Path);
        var random = new Random(7);
        int[][] texts = [.. Enumerable.Range(0, 500).Select(_ => Enumerable.Range(0, random.Next(0, 60)).Select(_ => random.Next(4, 7)).ToArray())];

        GeneratedEmbeddings<Embedding<float>> vectors = await generator.GenerateAsync(texts.Select(text => string.Join(' ', text.Select(token => ModelTestFolder.Vocabulary[token]))));

        for (int i = 0; i < texts.Length; i++)
            vectors[i].Vector.ToArray().ShouldBe(Mean([Cls, .. texts[i], Sep]), tolerance: 1e-4);
    }

    [Fact]
    public async Task A_long_text_is_cut_off_before_its_last_special_token()
    {
        using var folder = ModelTestFolder.Bert("lasttoken");
        using var generator = OnnxEmbeddingGenerator.Load(folder.Path, new OnnxEmbeddingOptions { MaxTokens = 4 });

        GeneratedEmbeddings<Embedding<float>> vectors = await generator.GenerateAsync([string.Join(' ', Enumerable.Repeat("a", 100))]);

        vectors[0].Vector.ToArray().ShouldBe(ModelTestFolder.VectorOf(Sep));
        vectors.Usage!.InputTokenCount.ShouldBe(4);
    }

    [Fact]
    public void The_smallest_limit_of_the_files_counts()
    {
        using var folder = ModelTestFolder.Bert();
        folder.Write("sentence_bert_config.json", """{ "max_seq_length": 20, "do_lower_case": false }""");
        using var generator = OnnxEmbeddingGenerator.Load(folder.Path, new OnnxEmbeddingOptions { MaxTokens = 5_000 });

        generator.MaxTokens.ShouldBe(20);
    }

    [Fact]
    public void Prompts_of_the_folder_are_the_prefixes()
    {
        using var folder = ModelTestFolder.Bert();
        folder.Write("config_sentence_transformers.json", """{ "prompts": { "query": "query: ", "passage": "passage: " }, "default_prompt_name": null }""");
        using var generator = OnnxEmbeddingGenerator.Load(folder.Path);

        generator.TaskPrefix.ShouldBe("query: ");
        generator.SkillPrefix.ShouldBe("passage: ");
    }

    [Fact]
    public void The_name_tells_vectors_of_another_commit_apart()
    {
        using var folder = ModelTestFolder.Bert();
        new ModelLock("team/tiny", "main", FakeHub.Commit, [new LockedFile("model.onnx", 1, new string('a', 64))]).Write(folder.At(ModelLock.FileName));
        using var generator = OnnxEmbeddingGenerator.Load(folder.Path);

        generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId.ShouldBe($"{Path.GetFileName(folder.Path)}@0123456789ab");
    }

    [Fact]
    public async Task Nothing_is_made_of_nothing()
    {
        using var folder = ModelTestFolder.Bert();
        using var generator = OnnxEmbeddingGenerator.Load(folder.Path);

        (await generator.GenerateAsync([])).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_call_runs_nothing()
    {
        using var folder = ModelTestFolder.Bert();
        using var generator = OnnxEmbeddingGenerator.Load(folder.Path);

        await Should.ThrowAsync<OperationCanceledException>(() => generator.GenerateAsync(["a"], cancellationToken: new CancellationToken(true)));
    }

    [Fact]
    public async Task Many_threads_use_one_generator()
    {
        using var folder = ModelTestFolder.Bert();
        using var generator = OnnxEmbeddingGenerator.Load(folder.Path);

        ReadOnlyMemory<float>[] vectors = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => generator.GenerateVectorAsync(i % 2 == 0 ? "a" : "b")));

        vectors[10].ToArray().ShouldBe(Mean(Cls, A, Sep));
        vectors[11].ToArray().ShouldBe(Mean(Cls, B, Sep));
    }

    [Theory]
    [InlineData("1_Pooling/config.json", """{ "pooling_mode_weightedmean_tokens": true }""", "weightedmean_tokens")]
    [InlineData("1_Pooling/config.json", """{ "pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true }""", "cls_token and mean_tokens")]
    [InlineData("modules.json", """[{ "path": "2_Dense", "type": "sentence_transformers.models.Dense" }]""", "models.Dense is not known")]
    [InlineData("modules.json", """[{ "path": "../..", "type": "sentence_transformers.models.Pooling" }]""", "lies outside")]
    [InlineData("modules.json", "[", "is no JSON")]
    [InlineData("config.json", """{ "max_position_embeddings": "many" }""", "'max_position_embeddings' is not a whole number")]
    [InlineData("model.onnx", "no model", "cannot be run")]
    [InlineData("vocab.txt", "a\nb", "no token '[UNK]'")]
    public void What_is_not_known_is_named_with_its_file(string file, string content, string problem)
    {
        using var folder = ModelTestFolder.Bert();
        folder.Write(file, content);

        string message = Should.Throw<ConfigurationException>(() => OnnxEmbeddingGenerator.Load(folder.Path)).Message;

        message.ShouldContain(problem);
        message.ShouldContain(folder.Path);
    }

    [Theory]
    [InlineData("model.onnx", "neither model.onnx")]
    [InlineData("config.json", "no config.json")]
    [InlineData("vocab.txt", "There is no tokenizer")]
    public void What_is_missing_is_named(string file, string problem)
    {
        using var folder = ModelTestFolder.Bert();
        folder.Delete(file);

        Should.Throw<ConfigurationException>(() => OnnxEmbeddingGenerator.Load(folder.Path)).Message.ShouldContain(problem);
    }

    [Fact]
    public void A_device_that_is_not_there_is_told_or_is_an_error()
    {
        using var folder = ModelTestFolder.Bert();
        var told = new List<string>();

        using (OnnxEmbeddingGenerator.Load(folder.Path, new OnnxEmbeddingOptions { Device = OnnxDevice.Cuda, Report = told.Add }))
            told.ShouldHaveSingleItem().ShouldContain("Microsoft.ML.OnnxRuntime.Gpu");
        Should.Throw<ConfigurationException>(() => OnnxEmbeddingGenerator.Load(folder.Path, new OnnxEmbeddingOptions { Device = OnnxDevice.Cuda, RequireDevice = true }))
            .Message.ShouldContain("-p:UseGpu=true");
    }

    private static float[] Mean(params int[] tokens) =>
        [.. Enumerable.Range(0, 3).Select(place => tokens.Sum(token => ModelTestFolder.VectorOf(token)[place]) / tokens.Length)];
}
