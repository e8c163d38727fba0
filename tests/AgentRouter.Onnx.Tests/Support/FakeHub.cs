using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AgentRouter.Onnx.Tests.Support;

/// <summary>A hub on the loopback interface that speaks the Hugging Face protocol. Files of more than 100 bytes are large ones.</summary>
internal sealed class FakeHub : IAsyncDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly WebApplication _app;

    private FakeHub(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    /// <summary>What is promised.</summary>
    public Dictionary<string, byte[]> Promised { get; } = [];

    /// <summary>What comes, where it is not what is promised.</summary>
    public Dictionary<string, byte[]> Comes { get; } = [];

    /// <summary>Where requests for files are sent on to.</summary>
    public string? RedirectTo { get; set; }

    /// <summary>What is done before a file is sent.</summary>
    public Func<HttpContext, Task<bool>> OnFile { get; set; } = _ => Task.FromResult(false);

    public int? Status { get; set; }

    public ConcurrentQueue<(string Path, string? Token, string? Range)> Requests { get; } = [];

    public static async Task<FakeHub> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        var hub = new FakeHub(app);
        app.Run(hub.AnswerAsync);
        await app.StartAsync();
        foreach ((string path, string text) in new[] { ("config.json", "{}"), ("vocab.txt", "a\nb"), ("1_Pooling/config.json", "{ }"), ("onnx/model.onnx", new string('m', 5_000)), ("onnx/model_fp16.onnx", "half"), ("pytorch_model.bin", "pickled"), ("modeling.py", "code") })
            hub.Promised[path] = Encoding.UTF8.GetBytes(text);
        return hub;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!;
        Requests.Enqueue((path, context.Request.Headers.Authorization.FirstOrDefault(), context.Request.Headers.Range.FirstOrDefault()));
        if (Status is { } status)
            context.Response.StatusCode = status;
        else if (path.StartsWith("/api/models/team/tiny/revision/", StringComparison.Ordinal))
            await context.Response.WriteAsJsonAsync(new { sha = Commit });
        else if (path == $"/api/models/team/tiny/tree/{Commit}")
            await context.Response.WriteAsJsonAsync(Promised.Select(file => Entry(file.Key, file.Value)).Prepend(new { type = "directory", path = "onnx", oid = "00", size = 0 }));
        else if (path.StartsWith($"/team/tiny/resolve/{Commit}/", StringComparison.Ordinal))
            await FileAsync(context, path[(path.IndexOf(Commit, StringComparison.Ordinal) + Commit.Length + 1)..]);
        else
            context.Response.StatusCode = 404;
    }

    private async Task FileAsync(HttpContext context, string path)
    {
        if (RedirectTo is not null)
        {
            context.Response.Redirect(RedirectTo + context.Request.Path);
            return;
        }

        if (await OnFile(context))
            return;
        byte[] bytes = Comes.GetValueOrDefault(path, Promised[path]);
        if (context.Request.GetTypedHeaders().Range?.Ranges.First().From is { } from)
        {
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {from}-{bytes.Length - 1}/{bytes.Length}";
            bytes = bytes[(int)from..];
        }

        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes);
    }

    // git's own name of a content
#pragma warning disable CA5350
    private static object Entry(string path, byte[] bytes) => bytes.Length > 100
        ? new { type = "file", path, size = bytes.Length, oid = "not this one", lfs = new { oid = Convert.ToHexStringLower(SHA256.HashData(bytes)), size = bytes.Length } }
        : new { type = "file", path, size = bytes.Length, oid = Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {bytes.Length}\0"), .. bytes])) };
#pragma warning restore CA5350
}
