using AgentRouter.Routing.Learning.Text;

namespace AgentRouter.Routing.Learning;

/// <summary>The numbers of one task, and the room to compute them in. Used again and again; not for several threads at once.</summary>
internal sealed class TaskFeatures
{
    /// <summary>Gets the room to read a prompt in.</summary>
    public PromptScan Scan { get; } = new();

    /// <summary>Gets what computes the hand features.</summary>
    public HandFeatures HandReader { get; } = new();

    /// <summary>Gets the standardised hand features; zeros without a prompt.</summary>
    public float[] Hand { get; } = new float[HandFeatures.Names.Count];

    /// <summary>Gets the words and word pairs that are known.</summary>
    public TermRow Words { get; } = new();

    /// <summary>Gets or sets the position of the group, or -1 for an unknown one.</summary>
    public int Group { get; set; }

    /// <summary>Gets or sets the position of the source, or -1.</summary>
    public int Source { get; set; }

    /// <summary>Gets or sets a value indicating whether there is a prompt, and prompts were trained on.</summary>
    public bool HasText { get; set; }
}
