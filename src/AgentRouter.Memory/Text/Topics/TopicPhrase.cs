namespace AgentRouter.Memory.Text.Topics;

/// <summary>Words in a row that say what a text is about.</summary>
/// <param name="Key">Their stems: <c>topic:adopt agenc</c>.</param>
/// <param name="Words">How many words they are.</param>
/// <param name="Start">Where they begin.</param>
/// <param name="Length">How many characters they have.</param>
internal readonly record struct TopicPhrase(string Key, int Words, int Start, int Length);
