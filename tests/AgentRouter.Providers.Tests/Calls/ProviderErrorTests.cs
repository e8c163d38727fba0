using AgentRouter.Failures;
using AgentRouter.Providers.Anthropic;
using AgentRouter.Providers.Calls;
using AgentRouter.Providers.Ollama;
using AgentRouter.Providers.OpenAI;

namespace AgentRouter.Providers.Tests.Calls;

public sealed class ProviderErrorTests
{
    [Theory]
    [InlineData("""{"error":{"message":"m","type":"t","code":"c"}}""", "t", "c", "m")]
    [InlineData("""{"error":{"message":"m","code":429}}""", null, "429", "m")]
    [InlineData("""{"error":"m"}""", null, null, "m")]
    [InlineData("""{"object":"error","message":"m","type":"t","code":400}""", "t", "400", "m")]
    [InlineData("""{"detail":"m"}""", null, null, "m")]
    [InlineData("""[{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT"}}]""", null, "400", "m")]
    [InlineData("<html>\u0007\nm</html>", null, null, "<html>  m</html>")]
    [InlineData("", null, null, "")]
    [InlineData("null", null, null, "null")]
    public void The_shapes_in_use_are_read(string body, string? type, string? code, string message) =>
        ProviderError.Parse(400, body).ShouldBe(new ProviderError(400, type, code, message));

    [Fact]
    public void A_long_message_is_cut() => ProviderError.Parse(400, new string('x', 10_000)).Message.Length.ShouldBe(501);

    [Theory]
    [InlineData(429, null, "insufficient_quota", "", FailureClass.Authentication)]
    [InlineData(429, null, "rate_limit_exceeded", "", FailureClass.Throttled)]
    [InlineData(400, null, null, "This model's maximum context length is 4096 tokens", FailureClass.ContextTooLong)]
    [InlineData(400, null, "content_policy_violation", "", FailureClass.ContentFilter)]
    [InlineData(404, null, "model_not_found", "", FailureClass.InvalidRequest)]
    [InlineData(402, null, null, "", FailureClass.Authentication)]
    [InlineData(503, null, null, "", FailureClass.Transient)]
    public void OpenAIs_codes_are_known(int status, string? type, string? code, string message, FailureClass expected) =>
        new OpenAIFailureClassifier().Classify(new ProviderError(status, type, code, message)).ShouldBe(expected);

    [Theory]
    [InlineData(529, "overloaded_error", "", FailureClass.Transient)]
    [InlineData(0, "rate_limit_error", "", FailureClass.Throttled)]
    [InlineData(402, "billing_error", "", FailureClass.Authentication)]
    [InlineData(400, "invalid_request_error", "Your credit balance is too low", FailureClass.Authentication)]
    [InlineData(400, "invalid_request_error", "input length and `max_tokens` exceed context limit", FailureClass.ContextTooLong)]
    [InlineData(413, "request_too_large", "", FailureClass.ContextTooLong)]
    [InlineData(404, "not_found_error", "", FailureClass.InvalidRequest)]
    [InlineData(504, "timeout_error", "", FailureClass.Timeout)]
    [InlineData(502, null, "", FailureClass.Transient)]
    public void Anthropics_types_are_known(int status, string? type, string message, FailureClass expected) =>
        new AnthropicFailureClassifier().Classify(new ProviderError(status, type, null, message)).ShouldBe(expected);

    [Theory]
    [InlineData(404, "model 'x' not found", FailureClass.InvalidRequest)]
    [InlineData(500, "the request exceeds the available context size", FailureClass.ContextTooLong)]
    [InlineData(503, "server busy", FailureClass.Transient)]
    public void Ollamas_sentences_are_known(int status, string message, FailureClass expected) =>
        new OllamaFailureClassifier().Classify(new ProviderError(status, null, null, message)).ShouldBe(expected);
}
