using System.Text.Json.Nodes;

namespace AgentRouter.Providers.Tests.Fakes;

/// <summary>Ollama's /api/chat: one JSON object a line.</summary>
public sealed class FakeOllama : FakeProtocol
{
    public override string Kind => "ollama";

    public override string Path => "/api/chat";

    public override string EmbeddingPath => "/api/embed";

    public override string StreamType => "application/x-ndjson";

    public override string ContextTooLong => """{"error":"the request exceeds the available context size"}""";

    public override string? ContentFiltered => null;

    public override string Error(int status) => $$"""{"error":"fake error {{status}}"}""";

    public override string Embeddings(IReadOnlyList<float[]> vectors, int? tokens)
    {
        var answer = new JsonObject
        {
            ["model"] = "fake-model",
            ["embeddings"] = new JsonArray([.. vectors.Select(vector => (JsonNode)new JsonArray([.. vector.Select(number => (JsonNode)number)]))]),
        };
        if (tokens is not null)
            answer["prompt_eval_count"] = tokens;
        return answer.ToJsonString();
    }

    public override JsonNode Whole(FakeAnswer answer)
    {
        JsonObject line = Line(answer.Text, done: true, answer);
        AddCalls(line, answer);
        return line;
    }

    public override IEnumerable<string> Stream(FakeAnswer answer)
    {
        int sent = 0;
        foreach (string piece in answer.Pieces)
        {
            if (sent++ == answer.BreakAfter)
                yield break;
            yield return Line(piece, done: false, answer).ToJsonString() + "\n";
        }

        if (answer.Calls.Count > 0)
        {
            JsonObject calls = Line("", done: false, answer);
            AddCalls(calls, answer);
            yield return calls.ToJsonString() + "\n";
        }

        yield return Line("", done: true, answer).ToJsonString() + "\n";
    }

    private static void AddCalls(JsonObject line, FakeAnswer answer)
    {
        if (answer.Calls.Count > 0)
            line["message"]!["tool_calls"] = new JsonArray([.. answer.Calls.Select(call => (JsonNode)new JsonObject
            {
                ["function"] = new JsonObject { ["name"] = call.Tool, ["arguments"] = JsonNode.Parse(call.Arguments) },
            })]);
    }

    private static JsonObject Line(string text, bool done, FakeAnswer answer)
    {
        var line = new JsonObject
        {
            ["model"] = "fake-model",
            ["created_at"] = "2026-01-01T00:00:00Z",
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text },
            ["done"] = done,
        };
        if (!done)
            return line;
        line["done_reason"] = answer.Finish == "length" ? "length" : "stop";
        line["prompt_eval_count"] = answer.Prompt;
        line["eval_count"] = answer.Output;
        line["total_duration"] = 1_000_000;
        return line;
    }
}
