namespace AgentRouter.Events;

/// <summary>An agent was shown what its memory holds: for its task, or, with a step, because it asked.</summary>
/// <remarks>The texts of the notes are kept beside the event, so that a run that goes on sees the same; see <see cref="RunEvent.Value"/>.</remarks>
/// <param name="Task">The hash of the task or question that they were searched for.</param>
/// <param name="Notes">The notes, the best first; none where nothing was found.</param>
/// <param name="Tokens">How many tokens they take in the prompt, at four bytes a token.</param>
public sealed record MemoryRecalled(string Task, IReadOnlyList<RecalledNote> Notes, int Tokens) : RunEvent
{
    /// <summary>Gets the task or question as it was searched for, shortened; <see langword="null"/> where texts of prompts are not recorded.</summary>
    public string? Text { get; init; }

    /// <summary>Gets how many nodes were written that the search did not count yet.</summary>
    public long Unseen { get; init; }

    /// <summary>Gets how its parts were done; <see langword="null"/> where low effort was asked for, as by default.</summary>
    public IReadOnlyList<RecallPart>? Plan { get; init; }

    /// <summary>Gets a value indicating whether the agent was shown a summary before the notes, which is kept with them.</summary>
    public bool IsSummed { get; init; }
}

/// <summary>A memory was searched for what helps with a task, and more effort may follow: a model reads the task, orders what was found, or sums it up.</summary>
/// <remarks>What was found is kept beside the event, so that a run that goes on asks the same; see <see cref="RunEvent.Value"/>.</remarks>
/// <param name="Task">The hash of the task.</param>
/// <param name="Found">How many notes were found.</param>
public sealed record MemorySearched(string Task, int Found) : RunEvent;

/// <summary>Vectors of a task were made, to compare it with what a memory holds by its meaning; or could not be had.</summary>
/// <remarks>The vectors are kept beside the event, so that a run that goes on compares with the same and pays for none again; see <see cref="RunEvent.Value"/>.</remarks>
/// <param name="Task">The hash of the texts: the task, and parts of it.</param>
/// <param name="Texts">How many texts there were.</param>
public sealed record TaskEmbedded(string Task, int Texts) : RunEvent
{
    /// <summary>Gets why there are no vectors; <see langword="null"/> where there are.</summary>
    public string? Problem { get; init; }
}

/// <summary>How a part of a recall was done.</summary>
/// <param name="Part">The part: entities, temporal, topics, filter or summary.</param>
/// <param name="Effort">The effort that it got: low, medium or high.</param>
/// <param name="Reason">Why so much was planned.</param>
public sealed record RecallPart(string Part, string Effort, string Reason)
{
    /// <summary>Gets why less was done than planned; <see langword="null"/> where that is not so.</summary>
    public string? Shortfall { get; init; }
}

/// <summary>A note as an agent was shown it.</summary>
/// <param name="Number">The number that the agent knows it by.</param>
/// <param name="Scope">Whose memory it is from.</param>
/// <param name="Node">The number of its node in that scope.</param>
/// <param name="Key">The key of its node.</param>
/// <param name="Source">The source that it is part of, or <see langword="null"/>.</param>
/// <param name="Score">Its score; only the order of one search's scores says something.</param>
public sealed record RecalledNote(int Number, string Scope, long Node, string Key, string? Source, double Score)
{
    /// <summary>Gets how its text begins; <see langword="null"/> where texts of prompts are not recorded.</summary>
    public string? Text { get; init; }
}

/// <summary>What an agent was asked and answered stands in a memory, and a model is asked for the facts in it.</summary>
/// <remarks>What the model is shown is kept beside the event, so that a run that goes on asks the same; see <see cref="RunEvent.Value"/>.</remarks>
/// <param name="Scope">The scope.</param>
/// <param name="Source">The key of the source that was written.</param>
/// <param name="Episodes">How many episodes of it the model is asked about.</param>
/// <param name="Known">How many known facts it is shown beside them.</param>
public sealed record FactsAsked(string Scope, string Source, int Episodes, int Known) : RunEvent;

/// <summary>What an agent was asked and answered was written into a memory.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Source">The key of the source that was written.</param>
/// <param name="Items">How many items it has.</param>
public sealed record MemoryRemembered(string Scope, string Source, int Items) : RunEvent
{
    /// <summary>Gets how many facts a model has found in it, those that were known among them; <see langword="null"/> where none was asked, or nothing came of it.</summary>
    public int? Facts { get; init; }
}
