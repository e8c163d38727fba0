using AgentRouter.Failures;
using AgentRouter.Models;
using AgentRouter.Providers.Tests.Fakes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Providers.Tests;

/// <summary>Connections that hang, and callers that give up.</summary>
public sealed class RemoteTimingTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    // real time, so that a mistake fails a test instead of hanging it
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static TheoryData<string, bool> Paths => ProviderTestCases.All;

    [Theory, MemberData(nameof(Paths))]
    public async Task A_server_that_never_answers_times_out(string kind, bool streaming)
    {
        await using FakeModelServer server = await HangingAsync(kind, piecesBefore: null);
        using ModelSet models = server.Connect(_time, Limit);

        Task<ChatResponse> call = FakeModelServer.AskAsync(models, streaming);
        await _arrived.Task.WaitAsync(Patience);
        _time.Advance(Limit - TimeSpan.FromSeconds(1));
        call.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        ModelCallException e = await Should.ThrowAsync<ModelCallException>(() => call.WaitAsync(Patience));

        e.Failure.ShouldBe(FailureClass.Timeout);
        e.MayHaveBeenBilled.ShouldBeTrue();
        e.Message.ShouldContain("30 seconds");
    }

    [Theory, InlineData("openai"), InlineData("anthropic"), InlineData("ollama")]
    public async Task A_whole_answer_that_stops_in_the_middle_times_out(string kind)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.OnRequest = async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("{\"choices\":", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            _arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        using ModelSet models = server.Connect(_time, Limit);

        Task<ChatResponse> call = FakeModelServer.AskAsync(models, streaming: false);
        await _arrived.Task.WaitAsync(Patience);
        _time.Advance(Limit);

        (await Should.ThrowAsync<ModelCallException>(() => call.WaitAsync(Patience))).Failure.ShouldBe(FailureClass.Timeout);
    }

    [Theory, InlineData("openai"), InlineData("anthropic"), InlineData("ollama")]
    public async Task A_stream_may_be_long_but_not_stand_still(string kind)
    {
        await using FakeModelServer server = await HangingAsync(kind, piecesBefore: 3);
        using ModelSet models = server.Connect(_time, Limit);
        await using IAsyncEnumerator<ChatResponseUpdate> updates = models.GetStreamingResponseAsync([new(ChatRole.User, "Hello?")]).GetAsyncEnumerator();

        string text = "";
        while (text.Length < 15)
        {
            (await updates.MoveNextAsync().AsTask().WaitAsync(Patience)).ShouldBeTrue();
            text += updates.Current.Text;
            _time.Advance(Limit * 2); // the reader's own time does not count
        }

        Task<bool> next = updates.MoveNextAsync().AsTask();
        next.IsCompleted.ShouldBeFalse();
        _time.Advance(Limit);
        ModelCallException e = await Should.ThrowAsync<ModelCallException>(() => next.WaitAsync(Patience));

        e.Failure.ShouldBe(FailureClass.Timeout);
        e.Message.ShouldContain("stopped");
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task A_caller_that_cancels_gets_a_cancellation_and_the_connection_is_closed(string kind, bool streaming)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FakeModelServer server = await HangingAsync(kind, piecesBefore: streaming ? 2 : null, closed);
        using ModelSet models = server.Connect(_time, Limit);
        using var cancel = new CancellationTokenSource();

        Task<ChatResponse> call = FakeModelServer.AskAsync(models, streaming, cancellationToken: cancel.Token);
        await _arrived.Task.WaitAsync(Patience);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call.WaitAsync(Patience));
        await closed.Task.WaitAsync(Patience);
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task A_caller_that_has_cancelled_sends_nothing(string kind, bool streaming)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        using ModelSet models = server.Connect();

        await Should.ThrowAsync<OperationCanceledException>(() => FakeModelServer.AskAsync(models, streaming, cancellationToken: new CancellationToken(true)));

        server.Requests.ShouldBeEmpty();
    }

    [Theory, InlineData("openai"), InlineData("anthropic"), InlineData("ollama")]
    public async Task A_reader_that_stops_reading_closes_the_connection(string kind)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FakeModelServer server = await HangingAsync(kind, piecesBefore: 2, closed);
        using ModelSet models = server.Connect();

        await foreach (ChatResponseUpdate update in models.GetStreamingResponseAsync([new(ChatRole.User, "Hello?")]))
        {
            if (update.Text.Length > 0)
                break;
        }

        await closed.Task.WaitAsync(Patience);
    }

    /// <summary>A server that says nothing, or some pieces of a stream and then nothing.</summary>
    private async Task<FakeModelServer> HangingAsync(string kind, int? piecesBefore, TaskCompletionSource? closed = null)
    {
        FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.OnRequest = async context =>
        {
            context.RequestAborted.Register(() => closed?.TrySetResult());
            if (piecesBefore is { } pieces)
            {
                context.Response.ContentType = server.Protocol.StreamType;
                foreach (string part in server.Protocol.Stream(new FakeAnswer { Text = "Hello from the other side.", BreakAfter = pieces }))
                    await context.Response.WriteAsync(part, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }

            _arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        return server;
    }
}
