using AgentRouter.Providers.Calls;

namespace AgentRouter.Providers.Tests.Calls;

public sealed class ReplyStreamTests
{
    [Fact]
    public async Task A_body_within_the_bound_is_passed_through_with_its_headers()
    {
        using var content = new StringContent("hello", System.Text.Encoding.UTF8, "application/json");

        using HttpContent bounded = await ReplyStream.WrapAsync(content, 5, CancellationToken.None);

        (await bounded.ReadAsStringAsync()).ShouldBe("hello");
        bounded.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    [Fact]
    public async Task A_body_beyond_the_bound_is_refused()
    {
        using var content = new StringContent("hello!");

        using HttpContent bounded = await ReplyStream.WrapAsync(content, 5, CancellationToken.None);

        await Should.ThrowAsync<Exception>(() => bounded.ReadAsStringAsync());
        using var again = new ReplyStream(new MemoryStream(new byte[6]), 5, CancellationToken.None);
        Should.Throw<InvalidDataException>(() => again.CopyTo(Stream.Null));
    }

    [Fact]
    public async Task A_read_ends_when_the_call_is_given_up_even_if_the_reader_has_no_token()
    {
        using var call = new CancellationTokenSource();
        var pipe = new System.IO.Pipelines.Pipe();
        using var reply = new ReplyStream(pipe.Reader.AsStream(), 100, call.Token);

        Task<int> withoutToken = reply.ReadAsync(new byte[10]).AsTask();
        await call.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => withoutToken.WaitAsync(TimeSpan.FromSeconds(10)));
        using var other = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => reply.ReadAsync(new byte[10], other.Token).AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
    }
}
