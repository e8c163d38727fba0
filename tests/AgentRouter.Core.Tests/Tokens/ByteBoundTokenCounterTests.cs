using System.Text;
using AgentRouter.Tokens;
using CsCheck;
using Microsoft.Extensions.AI;

namespace AgentRouter.Tests.Tokens;

public sealed class ByteBoundTokenCounterTests
{
    [Fact]
    public void A_text_never_counts_fewer_tokens_than_it_has_bytes() =>
        Gen.String.Sample(text =>
            ByteBoundTokenCounter.Instance.UpperBound([new(ChatRole.User, text)], null).ShouldBeGreaterThanOrEqualTo(Encoding.UTF8.GetByteCount(text)));

    [Fact]
    public void Tools_results_arguments_and_images_all_count()
    {
        long empty = ByteBoundTokenCounter.Instance.UpperBound([new(ChatRole.User, "")], null);
        AITool tool = AIFunctionFactory.Create((string city) => "sun", "weather", "Tells the weather of a city.");
        long Bound(ChatOptions? options, params AIContent[] contents) =>
            ByteBoundTokenCounter.Instance.UpperBound([new(ChatRole.User, contents)], options);

        Bound(new ChatOptions { Tools = [tool] }).ShouldBeGreaterThan(empty + ByteBoundTokenCounter.TokensForTools);
        Bound(new ChatOptions { Instructions = "Be brief." }).ShouldBe(Bound(null) + 9);
        Bound(null, new FunctionCallContent("call-1", "weather", new Dictionary<string, object?> { ["city"] = "Rome" })).ShouldBeGreaterThan(empty + 15);
        Bound(null, new FunctionResultContent("call-1", new string('x', 500))).ShouldBeGreaterThan(empty + 499);
        Bound(null, new UriContent("https://example.org/cat.png", "image/png")).ShouldBeGreaterThan(empty + 16_000);
        Bound(null, new DataContent(new byte[700], "image/png")).ShouldBeGreaterThan(empty + 600);
    }
}
