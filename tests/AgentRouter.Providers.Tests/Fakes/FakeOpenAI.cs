using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace AgentRouter.Providers.Tests.Fakes;

/// <summary>OpenAI's Chat Completions.</summary>
public sealed class FakeOpenAI : FakeProtocol
{
    public override string Kind => "openai";

    public override string Path => "/v1/chat/completions";

    public override string EmbeddingPath => "/v1/embeddings";

    public override string StreamType => "text/event-stream";

    public override string ContextTooLong =>
        """{"error":{"message":"This model's maximum context length is 8192 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}""";

    public override string ContentFiltered =>
        """{"error":{"message":"The response was filtered.","type":null,"param":"prompt","code":"content_filter","status":400}}""";

    public override string Error(int status) => $$$"""{"error":{"message":"fake error {{{status}}}","type":"fake","param":null,"code":null}}""";

    // the SDK asks for the numbers' bytes
    public override string Embeddings(IReadOnlyList<float[]> vectors, int? tokens)
    {
        var answer = new JsonObject
        {
            ["object"] = "list",
            ["model"] = "fake-model",
            ["data"] = new JsonArray([.. vectors.Select((vector, i) => (JsonNode)new JsonObject
            {
                ["object"] = "embedding", ["index"] = i, ["embedding"] = Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector)),
            })]),
        };
        if (tokens is not null)
            answer["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens };
        return answer.ToJsonString();
    }

    public override JsonNode Whole(FakeAnswer answer)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = answer.Text.Length == 0 ? null : answer.Text };
        if (answer.Calls.Count > 0)
            message["tool_calls"] = new JsonArray([.. answer.Calls.Select((call, i) => (JsonNode)new JsonObject
            {
                ["id"] = $"call_{i}", ["type"] = "function", ["function"] = new JsonObject { ["name"] = call.Tool, ["arguments"] = call.Arguments },
            })]);
        return new JsonObject
        {
            ["id"] = "chatcmpl-1",
            ["object"] = "chat.completion",
            ["created"] = 1_700_000_000,
            ["model"] = "fake-model",
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = answer.Finish }),
            ["usage"] = Usage(answer),
        };
    }

    public override IEnumerable<string> Stream(FakeAnswer answer)
    {
        int sent = 0;
        yield return Chunk(new JsonObject { ["role"] = "assistant", ["content"] = "" }, null);
        foreach (string piece in answer.Pieces)
        {
            if (sent++ == answer.BreakAfter)
                yield break;
            yield return Chunk(new JsonObject { ["content"] = piece }, null);
        }

        for (int i = 0; i < answer.Calls.Count; i++)
        {
            (string tool, string arguments) = answer.Calls[i];
            yield return Chunk(Call(i, new JsonObject { ["name"] = tool, ["arguments"] = "" }, $"call_{i}"), null);
            foreach (char[] piece in arguments.Chunk(4))
                yield return Chunk(Call(i, new JsonObject { ["arguments"] = new string(piece) }, null), null);
        }

        yield return Chunk([], answer.Finish);
        yield return "data: " + new JsonObject { ["id"] = "chatcmpl-1", ["object"] = "chat.completion.chunk", ["choices"] = new JsonArray(), ["usage"] = Usage(answer) }.ToJsonString() + "\n\n";
        yield return "data: [DONE]\n\n";
    }

    private static JsonObject Call(int index, JsonObject function, string? id)
    {
        var call = new JsonObject { ["index"] = index, ["function"] = function };
        if (id is not null)
        {
            call["id"] = id;
            call["type"] = "function";
        }

        return new JsonObject { ["tool_calls"] = new JsonArray(call) };
    }

    private static string Chunk(JsonObject delta, string? finish) => "data: " + new JsonObject
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion.chunk",
        ["created"] = 1_700_000_000,
        ["model"] = "fake-model",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
    }.ToJsonString() + "\n\n";

    private static JsonObject Usage(FakeAnswer answer) => new()
    {
        ["prompt_tokens"] = answer.Prompt,
        ["completion_tokens"] = answer.Output,
        ["total_tokens"] = answer.Prompt + answer.Output,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = answer.CachedRead },
    };
}
