using AgentRouter.Configuration;
using AgentRouter.Onnx.Sessions;
using AgentRouter.Onnx.Tokenizing;

namespace AgentRouter.Onnx.Tests.Sessions;

public sealed class BatchRunnerTests
{
    private static readonly TokenTemplate Template = new([new TemplatePart(null, false, 0)], null, PadId: 0);

    [Fact]
    public async Task After_short_memory_half_as_many_texts_are_tried_and_none_is_lost()
    {
        using var session = new SmallSession(most: 64, memory: 20);
        var told = new List<string>();
        using var runner = new BatchRunner(session, Template, told.Add);

        int[] results = await RunAsync(runner, Enumerable.Repeat(4, 40));

        results.ShouldBe(Enumerable.Repeat(4, 40));
        session.Sizes.Take(4).ShouldBe([64, 32, 16, 16]);
        told.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_too_much_is_remembered_and_grows_slowly()
    {
        using var session = new SmallSession(most: 64, memory: 40);
        using var runner = new BatchRunner(session, Template, null);

        await RunAsync(runner, Enumerable.Repeat(4, 16));
        session.Sizes.Clear();
        await RunAsync(runner, Enumerable.Repeat(4, 8 * 31));
        session.Sizes.ShouldAllBe(size => size <= 40);

        session.Memory = 64;
        for (int i = 0; i < 5; i++)
            await RunAsync(runner, Enumerable.Repeat(4, 16 * 32));
        session.Sizes[^1].ShouldBe(64);
    }

    [Fact]
    public async Task A_text_that_is_too_long_alone_is_an_error_that_says_what_to_do()
    {
        using var session = new SmallSession(most: 64, memory: 20);
        using var runner = new BatchRunner(session, Template, null);

        (await Should.ThrowAsync<ConfigurationException>(() => RunAsync(runner, [30, 4]))).Message.ShouldContain("Set MaxTokens lower");
    }

    [Fact]
    public async Task Texts_of_like_length_are_run_together()
    {
        using var session = new SmallSession(most: 20, memory: 1_000);
        using var runner = new BatchRunner(session, Template, null);

        await RunAsync(runner, [1, 10, 1, 10, 1, 30]);

        session.Sizes.ShouldBe([30, 20, 3]);
    }

    [Fact]
    public async Task Cancelling_ends_the_work_between_two_batches()
    {
        using var session = new SmallSession(most: 4, memory: 1_000);
        using var runner = new BatchRunner(session, Template, null);
        using var stop = new CancellationTokenSource();
        session.Ran = () => stop.Cancel();

        await Should.ThrowAsync<OperationCanceledException>(() => RunAsync(runner, [4, 4, 4], stop.Token));
        session.Sizes.Count.ShouldBe(1);
    }

    // the model gives each text's length
    private static async Task<int[]> RunAsync(BatchRunner runner, IEnumerable<int> lengths, CancellationToken cancellationToken = default)
    {
        EncodedText[] texts = [.. lengths.Select(length => new EncodedText(new int[length], new int[length]))];
        var results = new int[texts.Length];
        await runner.RunAsync(texts, "out", (places, _, output) =>
        {
            for (int i = 0; i < places.Length; i++)
                results[places[i]] = (int)output.Values[i];
        }, cancellationToken);
        return results;
    }

    /// <summary>A device whose memory is enough for so many tokens.</summary>
    private sealed class SmallSession(int most, int memory) : IModelSession
    {
        public List<int> Sizes { get; } = [];

        public int Memory { get; set; } = memory;

        public Action? Ran { get; set; }

        public IReadOnlyList<ModelTensor> Inputs => [];

        public IReadOnlyList<ModelTensor> Outputs => [];

        public int BatchTokens => most;

        public ModelOutput Run(TokenBatch batch, string output)
        {
            int size = batch.Count * batch.Length;
            Sizes.Add(size);
            if (size > Memory)
                throw new ModelMemoryException("Failed to allocate memory");
            Ran?.Invoke();
            return new ModelOutput([.. Enumerable.Range(0, batch.Count).Select(text => (float)batch.LengthOf(text))], [batch.Count, 1]);
        }

        public void Dispose()
        {
        }
    }
}
