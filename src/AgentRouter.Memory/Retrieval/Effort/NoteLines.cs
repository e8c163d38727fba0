using System.Text;
using AgentRouter.Memory.Use;
using AgentRouter.Prompts;

namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>Evidence as a model is shown it: numbered lines, every text in quotation marks that it cannot close.</summary>
internal static class NoteLines
{
    /// <summary>Writes the question and the evidence.</summary>
    /// <param name="question">The question.</param>
    /// <param name="items">The evidence, the first with the number 1.</param>
    /// <param name="length">The most characters that are shown of each text.</param>
    public static string Of(string question, IReadOnlyList<RecalledItem> items, int length)
    {
        var text = new StringBuilder("The question: ").Append(MemoryPrompt.Quoted(question)).Append("\nThe notes:\n");
        for (int place = 0; place < items.Count; place++)
        {
            MemoryNote note = MemoryNote.Of(place + 1, items[place]);
            text.Append(MemoryPrompt.Line(note with { Text = PromptLine.Of(note.Text, length) })).Append('\n');
        }

        return text.ToString();
    }
}
