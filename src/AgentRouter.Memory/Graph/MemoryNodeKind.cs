namespace AgentRouter.Memory.Graph;

/// <summary>What a node of the memory graph is.</summary>
public enum MemoryNodeKind
{
    /// <summary>A conversation, document or run that episodes are part of; never an answer itself.</summary>
    Source = 0,

    /// <summary>What was there, word for word: a turn, a tool's result, a passage of a document.</summary>
    Episode = 1,

    /// <summary>A statement that was learned, with the episodes that it comes from.</summary>
    Fact = 2,

    /// <summary>What episodes and facts are about: a name, a date, an identifier of code, a topic. Never an answer itself.</summary>
    Concept = 3,

    /// <summary>What several facts mean together.</summary>
    Reflection = 4,
}
