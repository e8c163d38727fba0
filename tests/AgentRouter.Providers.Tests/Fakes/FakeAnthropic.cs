using System.Text.Json.Nodes;

namespace AgentRouter.Providers.Tests.Fakes;

/// <summary>Anthropic's Messages.</summary>
public sealed class FakeAnthropic : FakeProtocol
{
    public override string Kind => "anthropic";

    public override string Path => "/v1/messages";

    public override string StreamType => "text/event-stream";

    public override string ContextTooLong =>
        """{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 210000 tokens > 200000 maximum"}}""";

    public override string ContentFiltered =>
        """{"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by content filtering policy"}}""";

    public override string Error(int status)
    {
        string type = status switch { 401 => "authentication_error", 429 => "rate_limit_error", 500 => "api_error", 529 => "overloaded_error", _ => "invalid_request_error" };
        return $$$"""{"type":"error","error":{"type":"{{{type}}}","message":"fake error {{{status}}}"},"request_id":"req_1"}""";
    }

    public override JsonNode Whole(FakeAnswer answer)
    {
        var content = new JsonArray();
        if (answer.Text.Length > 0)
            content.Add(new JsonObject { ["type"] = "text", ["text"] = answer.Text });
        for (int i = 0; i < answer.Calls.Count; i++)
            content.Add(new JsonObject { ["type"] = "tool_use", ["id"] = $"toolu_{i}", ["name"] = answer.Calls[i].Tool, ["input"] = JsonNode.Parse(answer.Calls[i].Arguments) });
        return new JsonObject
        {
            ["id"] = "msg_1",
            ["type"] = "message",
            ["role"] = "assistant",
            ["model"] = "fake-model",
            ["content"] = content,
            ["stop_reason"] = Stop(answer),
            ["stop_sequence"] = null,
            ["usage"] = Usage(answer, answer.Output),
        };
    }

    public override IEnumerable<string> Stream(FakeAnswer answer)
    {
        yield return Event("message_start", new JsonObject
        {
            ["message"] = new JsonObject
            {
                ["id"] = "msg_1",
                ["type"] = "message",
                ["role"] = "assistant",
                ["model"] = "fake-model",
                ["content"] = new JsonArray(),
                ["stop_reason"] = null,
                ["stop_sequence"] = null,
                ["usage"] = Usage(answer, 1),
            },
        });
        int index = 0;
        if (answer.Text.Length > 0)
        {
            yield return Event("content_block_start", new JsonObject { ["index"] = index, ["content_block"] = new JsonObject { ["type"] = "text", ["text"] = "" } });
            int sent = 0;
            foreach (string piece in answer.Pieces)
            {
                if (sent++ == answer.BreakAfter)
                    yield break;
                yield return Event("content_block_delta", new JsonObject { ["index"] = index, ["delta"] = new JsonObject { ["type"] = "text_delta", ["text"] = piece } });
            }

            yield return Event("content_block_stop", new JsonObject { ["index"] = index++ });
        }

        for (int i = 0; i < answer.Calls.Count; i++)
        {
            (string tool, string arguments) = answer.Calls[i];
            yield return Event("content_block_start", new JsonObject
            {
                ["index"] = index,
                ["content_block"] = new JsonObject { ["type"] = "tool_use", ["id"] = $"toolu_{i}", ["name"] = tool, ["input"] = new JsonObject() },
            });
            foreach (char[] piece in arguments.Chunk(4))
                yield return Event("content_block_delta", new JsonObject { ["index"] = index, ["delta"] = new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = new string(piece) } });
            yield return Event("content_block_stop", new JsonObject { ["index"] = index++ });
        }

        yield return Event("message_delta", new JsonObject
        {
            ["delta"] = new JsonObject { ["stop_reason"] = Stop(answer), ["stop_sequence"] = null },
            ["usage"] = new JsonObject { ["output_tokens"] = answer.Output },
        });
        yield return Event("message_stop", []);
    }

    public static string Event(string type, JsonObject data)
    {
        data["type"] = type;
        return $"event: {type}\ndata: {data.ToJsonString()}\n\n";
    }

    private static string Stop(FakeAnswer answer) => answer.Finish switch
    {
        "tool_calls" => "tool_use",
        "length" => "max_tokens",
        "content_filter" => "refusal",
        _ => "end_turn",
    };

    // Anthropic's input_tokens are those neither read from nor written to the cache
    private static JsonObject Usage(FakeAnswer answer, int output) => new()
    {
        ["input_tokens"] = answer.Prompt - answer.CachedRead - answer.CacheWrite,
        ["cache_read_input_tokens"] = answer.CachedRead,
        ["cache_creation_input_tokens"] = answer.CacheWrite,
        ["output_tokens"] = output,
    };
}
