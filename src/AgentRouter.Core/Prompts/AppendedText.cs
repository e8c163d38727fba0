using Microsoft.Extensions.AI;

namespace AgentRouter.Prompts;

/// <summary>Text that a client of a pipeline puts behind a user's message, and that the clients below it do not take for the user's own.</summary>
internal static class AppendedText
{
    private const string Mark = "agentrouter.appended";

    /// <summary>Puts a text behind a message; the message itself stays as it is.</summary>
    public static ChatMessage To(ChatMessage message, string text)
    {
        ChatMessage longer = message.Clone();
        longer.Contents = [.. message.Contents, new TextContent("\n\n" + text) { AdditionalProperties = new() { [Mark] = true } }];
        return longer;
    }

    /// <summary>Tells whether a message is nothing but what a client of a pipeline has put there.</summary>
    public static bool IsAllOf(ChatMessage message)
    {
        IList<AIContent> contents = message.Contents;
        for (int i = 0; i < contents.Count; i++)
        {
            if (contents[i].AdditionalProperties?.ContainsKey(Mark) != true)
                return false;
        }

        return contents.Count > 0;
    }

    /// <summary>Gets the text of a message without what was put behind it.</summary>
    public static string Without(ChatMessage message) =>
        string.Concat(message.Contents.OfType<TextContent>().Where(content => content.AdditionalProperties?.ContainsKey(Mark) != true).Select(content => content.Text));
}
