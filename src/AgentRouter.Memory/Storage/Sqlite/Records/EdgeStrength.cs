using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Storage.Sqlite.Records;

/// <summary>The weight and the relation of an edge in one number: the bits of the weight, then a byte for each relation.</summary>
internal static class EdgeStrength
{
    private const int WeightShift = 32;

    public static long Pack(float weight, MemoryRelation relation) =>
        ((long)BitConverter.SingleToUInt32Bits(weight) << WeightShift)
        | ((long)relation.Temporal << 24) | ((long)relation.Semantic << 16) | ((long)relation.Causal << 8) | relation.Entity;

    public static float Weight(long strength) => BitConverter.UInt32BitsToSingle((uint)(strength >> WeightShift));

    public static MemoryRelation Relation(long strength) => new((byte)(strength >> 24), (byte)(strength >> 16), (byte)(strength >> 8), (byte)strength);
}
