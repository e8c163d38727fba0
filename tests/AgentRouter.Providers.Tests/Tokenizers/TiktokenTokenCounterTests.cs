using AgentRouter.Providers.Tokenizers;
using AgentRouter.Tokens;
using CsCheck;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Tests.Tokenizers;

public sealed class TiktokenTokenCounterTests
{
    private static readonly TiktokenTokenCounter Counter = TiktokenTokenCounter.O200k;

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String,
        Gen.String[Gen.Char[" abcdefghij.,;{}()\n\t0123456789"], 0, 200],
        Gen.String[Gen.Char["äöü漢字かなñ😀\u0301 "], 0, 60],
        Gen.Const("public async Task RunAsync()\n{\n    await Task.Yield();\n}\n"),
        Gen.Const("{\"path\":\"src/Cart.cs\",\"lines\":[1,2,3]}"),
        Gen.Const("The quick brown fox jumps over the lazy dog. "));

    [Theory]
    [InlineData("hello world", 2)]
    [InlineData("", 0)]
    [InlineData("The quick brown fox jumps over the lazy dog.", 10)]
    public void Texts_are_counted_as_the_published_tokenizer_does(string text, int tokens) => Counter.Count(text).ShouldBe(tokens);

    [Fact]
    public void The_bound_lies_between_the_text_itself_and_the_byte_bound() =>
        Gen.Select(Texts.Array[0, 12], Texts, Gen.Bool).Sample(
            (texts, instructions, tools) =>
            {
                ChatMessage[] messages = [.. texts.Select((text, i) => new ChatMessage(i % 2 == 0 ? ChatRole.User : ChatRole.Assistant, text))];
                var options = new ChatOptions
                {
                    Instructions = instructions,
                    Tools = tools ? [AIFunctionFactory.Create((string path, int line) => path + line, "read", "Reads a file.")] : null,
                };

                long bound = Counter.UpperBound(messages, options);

                return bound <= ByteBoundTokenCounter.Instance.UpperBound(messages, options)
                    && bound >= Counter.Count(string.Concat(texts));
            },
            iter: 300);

    [Fact]
    public void Calls_results_and_images_are_counted()
    {
        ChatMessage[] messages =
        [
            new(ChatRole.Assistant, [new FunctionCallContent("call_1", "read", new Dictionary<string, object?> { ["path"] = "a.cs" })]),
            new(ChatRole.Tool, [new FunctionResultContent("call_1", string.Concat(Enumerable.Repeat("hello world ", 500)))]),
            new(ChatRole.User, [new UriContent("https://example.org/a.png", "image/png"), new DataContent(new byte[700], "image/png")]),
        ];

        long bound = Counter.UpperBound(messages, null);

        bound.ShouldBeGreaterThan(1_000 + 700 + ByteBoundTokenCounter.TokensPerFile);
        bound.ShouldBeLessThanOrEqualTo(ByteBoundTokenCounter.Instance.UpperBound(messages, null));
    }

    [Fact]
    public void It_is_much_closer_than_the_byte_bound_for_english()
    {
        ChatMessage[] messages = [new(ChatRole.User, string.Concat(Enumerable.Repeat("The quick brown fox jumps over the lazy dog. ", 100)))];

        Counter.UpperBound(messages, null).ShouldBeLessThan(ByteBoundTokenCounter.Instance.UpperBound(messages, null) / 3);
    }
}
