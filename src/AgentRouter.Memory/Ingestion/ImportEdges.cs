using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Text.Entities;

namespace AgentRouter.Memory.Ingestion;

/// <summary>How strong the edges of an import are, and in which ways they relate.</summary>
internal static class ImportEdges
{
    private const byte Full = byte.MaxValue;
    private const byte Half = 128;
    private const byte Weak = 64;

    /// <summary>An episode to what its title names.</summary>
    public const float Title = 1f;

    /// <summary>An episode to a part of a title before the last.</summary>
    public const float UpperTitle = 0.5f;

    /// <summary>An episode to what it begins with, where it has no title.</summary>
    public const float Subject = 0.8f;

    /// <summary>An episode to the shorter forms of a name that it begins with.</summary>
    public const float ShortSubject = 0.5f;

    /// <summary>A turn to its speaker, who speaks of himself.</summary>
    public const float OfSpeaker = 0.6f;

    /// <summary>A turn to its speaker.</summary>
    public const float BySpeaker = 0.2f;

    /// <summary>A turn to the one who is spoken to.</summary>
    public const float OfListener = 0.3f;

    /// <summary>A turn to a topic.</summary>
    public const float Topic = 0.4f;

    /// <summary>A reflection to a fact: it says less of each than they say together.</summary>
    public const float OfReflection = 0.5f;

    /// <summary>A turn to the next one, where hours lie between them.</summary>
    public const float NextApart = 0.3f;

    /// <summary>Turns that are further apart are not of one conversation.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromHours(6);

    /// <summary>Episodes in a row.</summary>
    public static readonly MemoryRelation Next = new(Full, Weak, 0, 0);

    /// <summary>Episodes in a row, of which the later is why or what follows.</summary>
    public static readonly MemoryRelation NextCausal = new(Full, Weak, Full, 0);

    /// <summary>An episode and its source.</summary>
    public static readonly MemoryRelation PartOf = new(Weak, Weak, 0, 0);

    /// <summary>An episode and a person or thing.</summary>
    public static readonly MemoryRelation Thing = new(0, 0, 0, Full);

    /// <summary>An episode and its title or subject.</summary>
    public static readonly MemoryRelation About = new(0, Half, 0, Full);

    /// <summary>An episode and its topic.</summary>
    public static readonly MemoryRelation OfTopic = new(0, Full, 0, 0);

    /// <summary>A fact and the episode that it comes from.</summary>
    public static readonly MemoryRelation DerivedFrom = new(0, Full, Half, 0);

    /// <summary>A newer and an older version of the same.</summary>
    public static readonly MemoryRelation Supersedes = new(Full, Full, 0, Full);

    /// <summary>An episode and days.</summary>
    public static readonly MemoryRelation Time = new(Full, 0, 0, 0);

    /// <summary>Gets how strong the mention of a thing is: many things share a day or a number by chance.</summary>
    public static float Weight(EntityKind kind) => kind is EntityKind.Date or EntityKind.Number ? 0.5f : 1f;

    /// <summary>Gets the relation of an episode and a thing that it mentions.</summary>
    public static MemoryRelation Relation(EntityKind kind) => kind == EntityKind.Date ? Time : Thing;
}
