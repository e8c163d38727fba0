using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Scripted;

/// <summary>A reply as it is sent: within the output limit, with ids for its calls.</summary>
/// <param name="Contents">The text and the calls.</param>
/// <param name="Tokens">What it is billed for.</param>
/// <param name="CutOff">Whether the limit cut something off.</param>
internal sealed record ScriptedAnswer(List<AIContent> Contents, long Tokens, bool CutOff)
{
    /// <summary>Writes a reply.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="say">Its text, with the groups filled in.</param>
    /// <param name="limit">The most tokens it may have.</param>
    /// <param name="takenIds">The ids of the calls that the conversation already has.</param>
    public static ScriptedAnswer Write(ScriptReply reply, string say, long limit, IReadOnlyCollection<string> takenIds)
    {
        List<AIContent> contents = [];
        string text = Cut(say, limit * ScriptedTokens.BytesPerToken);
        long tokens = ScriptedTokens.OfText(text);
        if (text.Length > 0)
            contents.Add(new TextContent(text));
        if (text.Length < say.Length)
            return new(contents, tokens, CutOff: true);
        foreach ((ScriptToolCall call, string id) in reply.Calls.Zip(FreeIds(takenIds)))
        {
            FunctionCallContent content = ToContent(call, id);
            long more = ScriptedTokens.OfContent(content);
            if (tokens + more > limit)
                return new(contents, limit, CutOff: true);
            tokens += more;
            contents.Add(content);
        }

        return new(contents, tokens, CutOff: false);
    }

    private static IEnumerable<string> FreeIds(IReadOnlyCollection<string> taken)
    {
        for (int number = taken.Count + 1; ; number++)
        {
            string id = "call-" + number.ToString(CultureInfo.InvariantCulture);
            if (!taken.Contains(id))
                yield return id;
        }
    }

    // as from a real provider: the values are JSON
    private static FunctionCallContent ToContent(ScriptToolCall call, string id) => new(id, call.Tool, call.Arguments.ToDictionary(
        pair => pair.Key, pair => (object?)JsonSerializer.SerializeToElement(pair.Value, AIJsonUtilities.DefaultOptions)));

    /// <summary>Cuts a text to at most so many bytes of UTF-8, never inside a character.</summary>
    private static string Cut(string text, long maxBytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= maxBytes)
            return text;
        long bytes = 0;
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maxBytes)
                break;
            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }
}
