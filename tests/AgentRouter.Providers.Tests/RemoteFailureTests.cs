using System.Net;
using System.Net.Sockets;
using AgentRouter.Configuration;
using AgentRouter.Failures;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Providers.Tests.Fakes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Providers.Tests;

/// <summary>What becomes of everything that can go wrong on the wire.</summary>
public sealed class RemoteFailureTests
{
    public static TheoryData<string, bool> Paths => ProviderTestCases.All;

    [Theory, MemberData(nameof(Paths))]
    public async Task A_throttled_call_tells_how_long_to_wait_and_is_not_repeated(string kind, bool streaming)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.Fail(429, server.Protocol.Error(429), retryAfter: "7");

        ModelCallException e = await FailAsync(server, streaming);

        e.Failure.ShouldBe(FailureClass.Throttled);
        e.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        e.MayHaveBeenBilled.ShouldBeFalse();
        e.Message.ShouldContain("HTTP 429: fake error 429");
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Sat, 01 Jan 2000 00:01:30 GMT", 90)]
    [InlineData("Fri, 31 Dec 1999 23:00:00 GMT", 0)]
    [InlineData("soon", null)]
    public async Task A_wait_until_a_time_is_measured_on_the_clock(string retryAfter, int? seconds)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync("openai");
        server.Fail(429, server.Protocol.Error(429), retryAfter);
        using ModelSet models = server.Connect(new FakeTimeProvider(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)));

        ModelCallException e = await Should.ThrowAsync<ModelCallException>(() => FakeModelServer.AskAsync(models, streaming: false));

        e.RetryAfter.ShouldBe(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null);
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task A_server_error_is_transient_and_is_not_repeated(string kind, bool streaming)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.Fail(500, server.Protocol.Error(500));

        ModelCallException e = await FailAsync(server, streaming);

        e.Failure.ShouldBe(FailureClass.Transient);
        e.MayHaveBeenBilled.ShouldBeFalse();
        e.RetryAfter.ShouldBeNull();
        server.Requests.Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task A_refused_key_names_the_variable_it_came_from(string kind, bool streaming)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.Fail(401, server.Protocol.Error(401));

        ModelCallException e = await FailAsync(server, streaming);

        e.Failure.ShouldBe(FailureClass.Authentication);
        e.Message.ShouldContain("FAKE_KEY");
        e.Message.ShouldContain("Model 'm' (provider 'fake')");
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task A_prompt_that_is_too_long_and_a_refused_content_are_recognised(string kind, bool streaming)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.Fail(400, server.Protocol.ContextTooLong);
        (await FailAsync(server, streaming)).Failure.ShouldBe(FailureClass.ContextTooLong);

        server.Fail(400, server.Protocol.Error(400));
        (await FailAsync(server, streaming)).Failure.ShouldBe(FailureClass.InvalidRequest);

        if (server.Protocol.ContentFiltered is { } filtered)
        {
            server.Fail(400, filtered);
            ModelCallException e = await FailAsync(server, streaming);
            e.Failure.ShouldBe(FailureClass.ContentFilter);
            e.MayHaveBeenBilled.ShouldBeFalse();
        }
    }

    [Theory, InlineData("openai", false), InlineData("openai", true), InlineData("anthropic", false), InlineData("anthropic", true)]
    public async Task An_answer_that_was_withheld_is_a_content_filter_failure_and_was_billed(string kind, bool streaming)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.Answer(new FakeAnswer { Text = "", FinishAs = "content_filter" });

        ModelCallException e = await FailAsync(server, streaming);

        e.Failure.ShouldBe(FailureClass.ContentFilter);
        e.MayHaveBeenBilled.ShouldBeTrue();
    }

    [Theory, InlineData("openai"), InlineData("anthropic"), InlineData("ollama")]
    public async Task A_stream_that_ends_early_fails_after_what_it_delivered(string kind)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.Answer(new FakeAnswer { Text = "Hello from the other side.", BreakAfter = 2 });
        using ModelSet models = server.Connect();

        (string text, ModelCallException e) = await ReadUntilFailureAsync(models);

        text.ShouldBe("Hello from");
        e.Failure.ShouldBe(FailureClass.MalformedReply);
        e.MayHaveBeenBilled.ShouldBeTrue();
    }

    [Theory, InlineData("openai"), InlineData("anthropic"), InlineData("ollama")]
    public async Task A_connection_that_breaks_in_the_middle_is_transient_and_may_have_been_billed(string kind)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.OnRequest = async context =>
        {
            context.Response.ContentType = server.Protocol.StreamType;
            foreach (string part in server.Protocol.Stream(new FakeAnswer { Text = "Hello from the other side.", BreakAfter = 2 }))
                await context.Response.WriteAsync(part);
            await context.Response.Body.FlushAsync();
            context.Abort();
        };
        using ModelSet models = server.Connect();

        (_, ModelCallException e) = await ReadUntilFailureAsync(models);

        e.Failure.ShouldBe(FailureClass.Transient);
        e.MayHaveBeenBilled.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task A_connection_that_breaks_before_the_answer_is_transient(string kind, bool streaming)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.OnRequest = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        ModelCallException e = await FailAsync(server, streaming);

        e.Failure.ShouldBe(FailureClass.Transient);
        e.MayHaveBeenBilled.ShouldBeTrue();
    }

    [Fact]
    public async Task An_error_event_in_a_stream_is_classified_by_its_type()
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync("anthropic");
        server.OnRequest = async context =>
        {
            context.Response.ContentType = "text/event-stream";
            foreach (string part in server.Protocol.Stream(new FakeAnswer { Text = "Hello from the other side.", BreakAfter = 2 }))
                await context.Response.WriteAsync(part);
            await context.Response.WriteAsync("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n");
        };
        using ModelSet models = server.Connect();

        (string text, ModelCallException e) = await ReadUntilFailureAsync(models);

        text.ShouldBe("Hello from");
        e.Failure.ShouldBe(FailureClass.Transient);
        e.MayHaveBeenBilled.ShouldBeTrue();
        e.Message.ShouldContain("Overloaded");
    }

    [Fact]
    public async Task An_error_event_that_the_sdk_passes_over_still_fails_the_call()
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync("openai");
        server.OnRequest = async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\ndata: {\"error\":{\"message\":\"upstream died\"}}\n\ndata: [DONE]\n\n");
        };
        using ModelSet models = server.Connect();

        (string text, ModelCallException e) = await ReadUntilFailureAsync(models);

        text.ShouldBe("Hel");
        e.Failure.ShouldBe(FailureClass.MalformedReply);
    }

    [Theory]
    [InlineData("openai", """{"choices":[{"index":0,"message":{"role":"assistant","content":"x"},"finish_reason":null}]}""")]
    [InlineData("openai", """{"choices":[{"index":0,"message":{"role":"assistant","content":"x"},"finish_reason":"because"}]}""")]
    [InlineData("openai", """{"choices":[]}""")]
    [InlineData("openai", """{"error":{"message":"upstream died","code":502}}""")]
    [InlineData("openai", """{"choices":[{"index":0,"message":{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":{"a":1}}}]},"finish_reason":"tool_calls"}]}""")]
    [InlineData("openai", "null")]
    [InlineData("anthropic", """{"type":"message","content":[{"type":"text","text":"x"}],"stop_reason":null}""")]
    [InlineData("anthropic", "{}")]
    [InlineData("anthropic", "[]")]
    [InlineData("ollama", "[]")]
    public async Task A_reply_that_is_not_an_answer_is_malformed_and_may_have_been_billed(string kind, string body)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.Fail(200, body);

        ModelCallException e = await FailAsync(server, streaming: false);

        e.Failure.ShouldBe(FailureClass.MalformedReply);
        e.MayHaveBeenBilled.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task A_body_that_is_not_json_is_malformed(string kind, bool streaming)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.OnRequest = context => FakeModelServer.WriteAsync(context, 200, "text/html", "<html>Sign in to the hotel's network</html>");

        (await FailAsync(server, streaming)).Failure.ShouldBe(FailureClass.MalformedReply);
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task An_empty_body_is_malformed(string kind, bool streaming)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.OnRequest = context => FakeModelServer.WriteAsync(context, 200, streaming ? server.Protocol.StreamType : "application/json", "");

        (await FailAsync(server, streaming)).Failure.ShouldBe(FailureClass.MalformedReply);
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task A_redirect_is_not_followed(string kind, bool streaming)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        server.OnRequest = context =>
        {
            context.Response.Headers.Location = server.Protocol.Path;
            context.Response.StatusCode = 307;
            return Task.CompletedTask;
        };

        ModelCallException e = await FailAsync(server, streaming);

        e.Message.ShouldContain("baseUrl");
        server.Requests.Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task A_server_that_is_not_there_is_named_and_bills_nothing(string kind, bool streaming)
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        int port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        using ModelSet models = ModelSetFactory.Create(
            new RouterConfiguration
            {
                Tiers = ["small"],
                Providers = new Dictionary<string, ProviderSettings> { ["p"] = new() { Name = "p", Kind = kind, BaseUrl = new Uri($"http://127.0.0.1:{port}/v1") } },
                Models = [new ModelProfile { Name = "m", Tier = "small", Provider = "p", Prices = ModelPrices.Free }],
            },
            new FakeSecrets([]));

        ModelCallException e = await Should.ThrowAsync<ModelCallException>(() => FakeModelServer.AskAsync(models, streaming));

        e.Failure.ShouldBe(FailureClass.Transient);
        e.MayHaveBeenBilled.ShouldBeFalse();
        e.Message.ShouldContain($"127.0.0.1:{port}");
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task A_key_never_shows_up_in_a_failure(string kind, bool streaming)
    {
        await using FakeModelServer server = await FakeModelServer.StartAsync(kind);
        string echo = $"Incorrect API key provided: {FakeModelServer.Key}";
        foreach (int status in new[] { 307, 400, 401, 403, 404, 408, 413, 429, 500, 503, 529 })
        {
            server.Fail(status, $$$"""{"type":"error","error":{"type":"x","code":"{{{FakeModelServer.Key}}}","message":"{{{echo}}}"}}""", retryAfter: FakeModelServer.Key);
            NoKeyIn(await FailAsync(server, streaming));
            server.Fail(status, echo);
            NoKeyIn(await FailAsync(server, streaming));
        }

        string[] bodies =
        [
            echo, $"{{\"{echo}\":", $"\"{echo}\"", $"data: {echo}\n\n",
            $$$"""{"choices":[{"finish_reason":"{{{echo}}}","message":{"content":"x"}}],"error":"{{{echo}}}"}""",
            $"event: error\ndata: {{\"type\":\"error\",\"error\":{{\"type\":\"{FakeModelServer.Key}\",\"message\":\"{echo}\"}}}}\n\n",
        ];
        foreach (string body in bodies)
        {
            server.OnRequest = context => FakeModelServer.WriteAsync(context, 200, streaming ? server.Protocol.StreamType : "application/json", body);
            NoKeyIn(await FailAsync(server, streaming));
        }
    }

    private static void NoKeyIn(ModelCallException e)
    {
        for (Exception? part = e; part is not null; part = part.InnerException)
            part.Message.ShouldNotContain(FakeModelServer.Key);
        e.ToString().ShouldNotContain(FakeModelServer.Key);
    }

    private static async Task<ModelCallException> FailAsync(FakeModelServer server, bool streaming)
    {
        using ModelSet models = server.Connect();
        return await Should.ThrowAsync<ModelCallException>(() => FakeModelServer.AskAsync(models, streaming));
    }

    private static async Task<(string Text, ModelCallException Failure)> ReadUntilFailureAsync(ModelSet models)
    {
        string text = "";
        ModelCallException e = await Should.ThrowAsync<ModelCallException>(async () =>
        {
            await foreach (ChatResponseUpdate update in models.GetStreamingResponseAsync([new(ChatRole.User, "Hello?")]))
                text += update.Text;
        });
        return (text, e);
    }
}
