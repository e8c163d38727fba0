using AgentRouter.Cli.Hosting.Embeddings;
using Microsoft.Extensions.AI;

namespace AgentRouter.Cli.Tests.Hosting;

public sealed class PendingEmbeddingsTests
{
    [Fact]
    public async Task A_call_that_nobody_waits_for_is_waited_for_until_it_ends()
    {
        var model = new SlowModel();
        using var embeddings = new PendingEmbeddings(model);
        Task<GeneratedEmbeddings<Embedding<float>>> givenUp = embeddings.GenerateAsync(["a question"]);

        Task ended = embeddings.WaitAsync();
        ended.IsCompleted.ShouldBeFalse();
        model.Answer.SetException(new OperationCanceledException());

        await ended;
        await Should.ThrowAsync<OperationCanceledException>(givenUp);
    }

    [Fact]
    public async Task Nothing_is_waited_for_where_all_have_ended()
    {
        var model = new SlowModel();
        using var embeddings = new PendingEmbeddings(model);
        model.Answer.SetResult([]);
        await embeddings.GenerateAsync(["a question"]);

        embeddings.WaitAsync().IsCompletedSuccessfully.ShouldBeTrue();
    }

    private sealed class SlowModel : IEmbeddingGenerator<string, Embedding<float>>
    {
        public TaskCompletionSource<GeneratedEmbeddings<Embedding<float>>> Answer { get; } = new();

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) => Answer.Task;

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
