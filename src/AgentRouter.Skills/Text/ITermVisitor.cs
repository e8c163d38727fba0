namespace AgentRouter.Skills.Text;

/// <summary>Takes the terms of a text one by one.</summary>
internal interface ITermVisitor
{
    /// <summary>Takes a term.</summary>
    /// <param name="term">The stem.</param>
    /// <param name="word">The word as it was written.</param>
    /// <param name="start">Where its word begins in the text.</param>
    void Visit(ReadOnlySpan<char> term, ReadOnlySpan<char> word, int start);
}
