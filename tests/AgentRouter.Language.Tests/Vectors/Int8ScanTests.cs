using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using AgentRouter.Language.Vectors;
using CsCheck;

namespace AgentRouter.Language.Tests.Vectors;

public sealed class Int8ScanTests
{
    // -128 is never written
    private static readonly Gen<sbyte> Value = Gen.SByte[-127, 127];

    [Fact]
    public void Every_way_to_multiply_gives_the_same() => Gen.Int[1, 40].SelectMany(steps => Gen.Select(Value.Array[steps * Int8Rows.Step], Value.Array[steps * Int8Rows.Step]))
        .Sample((left, right) => SameEveryWay(left, right), iter: 300);

    [Fact]
    public void The_greatest_numbers_do_not_overflow()
    {
        sbyte[] most = [.. Enumerable.Repeat((sbyte)127, Int8Rows.MaxDimensions)], least = [.. Enumerable.Repeat((sbyte)-127, Int8Rows.MaxDimensions)];

        SameEveryWay(most, most);
        SameEveryWay(most, least);
    }

    [Fact]
    public void A_vector_is_added_to_a_sum() => Gen.Select(Value.Array[64], Gen.Float[-2, 2], Gen.Float[-9, 9].Array[64]).Sample((row, weight, sum) =>
    {
        float[] expected = [.. sum.Zip(row, (before, value) => before + weight * value)];

        Int8Scan.Add(row, weight, sum);

        for (int i = 0; i < sum.Length; i++)
            sum[i].ShouldBe(expected[i], 1e-3);
    }, iter: 100);

    [Fact]
    public void Cosines_of_rounded_vectors_are_nearly_those_of_the_vectors() => Gen.Int[1, 90].SelectMany(length => Gen.Int[-999, 999].Select(value => value / 999f).Array[length].Array[2, 12]).Sample(vectors =>
    {
        int stride = Int8Rows.StrideOf(vectors[0].Length);
        var values = new sbyte[vectors.Length * stride];
        for (int i = 0; i < vectors.Length; i++)
            Int8Rows.Round(vectors[i], values.AsSpan(i * stride, stride));
        var cosines = new float[vectors.Length];

        Int8Scan.Cosines(new Int8Rows(values, vectors[0].Length), Int8Rows.Of(vectors[0]), cosines);

        for (int i = 0; i < vectors.Length; i++)
            ((double)cosines[i]).ShouldBe(Cosine(vectors[0], vectors[i]), 0.02);
    }, iter: 200);

    [Theory]
    [InlineData(0f)]
    [InlineData(1e-42f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_has_no_direction_is_near_nothing(float value)
    {
        var rows = Int8Rows.Of([value, 0, 0]);
        var cosines = new float[1];

        Int8Scan.Cosines(rows, Int8Rows.Of([1, 0, 0]), cosines);

        cosines[0].ShouldBe(0);
    }

    private static void SameEveryWay(sbyte[] left, sbyte[] right)
    {
        int naive = left.Zip(right, (a, b) => a * b).Sum();
        Int8Scan.Dot(left, right).ShouldBe(naive);
        Int8Scan.DotPortable(left, right).ShouldBe(naive);
        if (Avx2.IsSupported)
            Int8Scan.Dot256(ref MemoryMarshal.GetArrayDataReference(left), ref MemoryMarshal.GetArrayDataReference(right), left.Length).ShouldBe(naive);
    }

    private static double Cosine(float[] left, float[] right)
    {
        double lengths = Math.Sqrt(left.Sum(value => (double)value * value) * right.Sum(value => (double)value * value));
        return lengths == 0 ? 0 : left.Zip(right, (a, b) => (double)a * b).Sum() / lengths;
    }
}
