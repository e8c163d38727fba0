using AgentRouter.Memory.Text.Entities;
using AgentRouter.Memory.Text.Times;
using AgentRouter.Memory.Text.Topics;

namespace AgentRouter.Memory.Ingestion;

/// <summary>What was read in the text of an item. The reader fills it anew for each item.</summary>
internal sealed class ItemReading
{
    /// <summary>Gets the times that it names, in their order.</summary>
    public List<TimeExpression> Times { get; } = [];

    /// <summary>Gets the things that it names.</summary>
    public List<Entity> Entities { get; } = [];

    /// <summary>Gets the phrases that it may be about, in their order.</summary>
    public List<TopicPhrase> Topics { get; } = [];

    /// <summary>Gets or sets whether it speaks of I, me or my.</summary>
    public bool IsOfSpeaker { get; set; }

    /// <summary>Gets or sets whether it speaks of you or your.</summary>
    public bool IsOfListener { get; set; }

    /// <summary>Gets or sets whether it begins as a reason or a result of what was said before.</summary>
    public bool IsReasonOrResult { get; set; }

    /// <summary>Gets or sets whether it asks why.</summary>
    public bool AsksWhy { get; set; }
}
