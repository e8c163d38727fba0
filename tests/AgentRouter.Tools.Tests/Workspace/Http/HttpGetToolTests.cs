using System.Net;
using System.Text;
using System.Text.Json;
using AgentRouter.Tools.Tests.Support;
using AgentRouter.Tools.Workspace;
using AgentRouter.Tools.Workspace.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Tools.Tests.Workspace.Http;

public sealed class HttpGetToolTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _hang = new();
    private WebApplication _web = null!;

    private string Authority => new Uri(_web.Urls.Single()).Authority;

    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _web = builder.Build();
        _web.MapGet("/page", () => Results.Text("hello", "text/html"));
        _web.MapGet("/missing", () => Results.Text("not here", "text/plain", Encoding.UTF8, 404));
        _web.MapGet("/picture", () => Results.Bytes([1, 2], "image/png"));
        _web.MapGet("/large", () => Results.Stream(stream => stream.WriteAsync(new byte[(2 << 20) + 1]).AsTask(), "text/plain"));
        _web.MapGet("/long", () => Results.Text(new string('x', 5000)));
        _web.MapGet("/moved", () => Results.Redirect("/page"));
        _web.MapGet("/circle", () => Results.Redirect("/circle"));
        _web.MapGet("/away", () => Results.Redirect("http://other.example/page"));
        _web.MapGet("/file", () => Results.Redirect("file:///etc/passwd"));
        _web.MapGet("/hang", async () => await _hang.Task);
        _web.MapGet("/broken", async (HttpContext context) =>
        {
            context.Response.ContentLength = 100;
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            await Task.Delay(50);
            context.Abort();
        });
        await _web.StartAsync();
    }

    public async Task DisposeAsync()
    {
        _hang.SetResult();
        await _web.DisposeAsync();
    }

    [Fact]
    public async Task An_allowed_page_is_read_also_through_a_redirect_on_the_same_host()
    {
        await using OpenWorkspace workspace = await CreateAsync();
        const string expected = """{"status":200,"contentType":"text/html","text":"hello"}""";
        (await workspace.CallJsonAsync("httpGet", new { url = Url("/page") })).GetRawText().ShouldBe(expected);
        (await workspace.CallJsonAsync("httpGet", new { url = Url("/moved") })).GetRawText().ShouldBe(expected);
    }

    [Fact]
    public async Task A_status_that_is_no_success_is_a_result()
    {
        await using OpenWorkspace workspace = await CreateAsync();
        JsonElement result = await workspace.CallJsonAsync("httpGet", new { url = Url("/missing") });
        result.GetProperty("status").GetInt32().ShouldBe(404);
        result.GetProperty("text").GetString().ShouldBe("not here");
    }

    [Theory]
    [InlineData("/picture", "is image/png, not text")]
    [InlineData("/large", "is larger than 2,097,152 bytes")]
    [InlineData("/circle", "redirects more than 5 times")]
    [InlineData("/away", "redirects to another host, 'other.example'")]
    [InlineData("/file", "redirects to another host")]
    [InlineData("/broken", "broke off")]
    public async Task What_is_not_a_small_text_of_this_host_is_refused(string path, string why)
    {
        await using OpenWorkspace workspace = await CreateAsync();
        (await workspace.RefusalAsync("httpGet", new { url = Url(path) })).ShouldContain(why);
    }

    [Fact]
    public async Task A_long_text_is_shortened()
    {
        await using OpenWorkspace workspace = await CreateAsync(options => options.OutputCharacters = 1000);
        (await workspace.CallJsonAsync("httpGet", new { url = Url("/long") })).GetProperty("text").GetString()!.ShouldContain("… 4,000 characters left out …");
    }

    [Fact]
    public async Task A_server_that_hangs_is_given_up()
    {
        var clock = new FakeTimeProvider();
        await using OpenWorkspace workspace = await CreateAsync(clock: clock);
        Task<string> refusal = workspace.RefusalAsync("httpGet", new { url = Url("/hang") });
        while (!refusal.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(10);
        }

        (await refusal).ShouldContain("did not answer within 20 seconds");
    }

    [Fact]
    public async Task No_host_is_allowed_by_default_and_the_message_names_the_setting()
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync();
        (await workspace.RefusalAsync("httpGet", new { url = Url("/page") })).ShouldContain("no host is allowed. Whoever runs this can add it to 'allowedHosts'");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Addresses_of_this_machine_are_refused_even_for_an_allowed_host(string host)
    {
        int port = new Uri(_web.Urls.Single()).Port;
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync(options => options.AllowedHosts.Add($"{host}:{port}"));
        (await workspace.RefusalAsync("httpGet", new { url = $"http://{host}:{port}/page" })).ShouldContain("AllowPrivateAddresses");
    }

    [Theory]
    [InlineData("example.com", "https://example.com/a", true)]
    [InlineData("example.com", "https://EXAMPLE.com/a", true)]
    [InlineData("example.com", "https://example.com:8443/a", false)]
    [InlineData("example.com", "https://www.example.com/a", false)]
    [InlineData("example.com", "https://example.com.evil.net/", false)]
    [InlineData("example.com", "https://evil.net/example.com", false)]
    [InlineData("example.com", "https://example.com@evil.net/", false)]
    [InlineData("example.com", "https://user:password@example.com/", false)]
    [InlineData("example.com", "ftp://example.com/", false)]
    [InlineData("example.com", "file:///etc/passwd", false)]
    [InlineData("*.example.com", "https://www.example.com/a", true)]
    [InlineData("*.example.com", "https://notexample.com/a", false)]
    [InlineData("*.example.com", "https://example.com/a", false)]
    [InlineData("example.com:8443", "https://example.com:8443/a", true)]
    public void Hosts_are_matched_whole(string allowed, string url, bool isAllowed)
    {
        var hosts = new HostList([allowed]);
        if (isAllowed) hosts.Require(new Uri(url));
        else Should.Throw<ToolException>(() => hosts.Require(new Uri(url)));
    }

    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::7f00:1", false)]
    public void Addresses_are_public_or_not(string address, bool isPublic) => PublicAddresses.IsPublic(IPAddress.Parse(address)).ShouldBe(isPublic);

    private string Url(string path) => $"http://{Authority}{path}";

    private Task<OpenWorkspace> CreateAsync(Action<WorkspaceToolOptions>? configure = null, TimeProvider? clock = null) =>
        OpenWorkspace.CreateAsync(
            options =>
            {
                options.AllowedHosts.Add(Authority);
                options.AllowPrivateAddresses = true;
                configure?.Invoke(options);
            },
            clock);
}
