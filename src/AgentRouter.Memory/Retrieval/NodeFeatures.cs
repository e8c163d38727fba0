using System.Runtime.InteropServices;

namespace AgentRouter.Memory.Retrieval;

/// <summary>What speaks for a node as an answer to a question.</summary>
[StructLayout(LayoutKind.Auto)]
internal record struct NodeFeatures
{
    /// <summary>How much of the question it holds, together with what was said around it: from 0 to 1.</summary>
    public float Evidence;

    /// <summary>1 where the speaker that the question names said it, 0 where somebody else did, a half where it names none.</summary>
    public float Speaker;

    /// <summary>The words of the whole conversation that it is part of.</summary>
    public float Source;

    /// <summary>How near its meaning is to the question's: the cosine of their vectors.</summary>
    public float Meaning;

    /// <summary>1 where a time is asked for and it names one.</summary>
    public float NamesTime;

    /// <summary>How well the time at which it was said fits the period that the question names.</summary>
    public float SaidThen;

    /// <summary>1 where it speaks of the period that the question names.</summary>
    public float HappenedThen;

    /// <summary>1 where a reason is asked for and it gives one, or what came of one.</summary>
    public float GivesReason;
}
