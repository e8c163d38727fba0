using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AgentRouter.Language.Vectors;

/// <summary>Compares one vector with all vectors, one after the other, as fast as they can be read from memory.</summary>
/// <remarks>Below a million vectors that is a few milliseconds, and exact: no other index is needed.</remarks>
internal static class Int8Scan
{
    /// <summary>Computes the cosines of one vector with others.</summary>
    /// <param name="rows">The others.</param>
    /// <param name="query">Rows of one vector, with as many dimensions.</param>
    /// <param name="cosines">Where the cosines are written; 0 for a vector of zeros.</param>
    public static void Cosines(Int8Rows rows, Int8Rows query, Span<float> cosines) => Cosines(rows, 0, query, cosines[..rows.InverseLengths.Length]);

    /// <summary>Computes the cosines of one vector with some of others.</summary>
    /// <param name="rows">The others.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="query">Rows of one vector, with as many dimensions.</param>
    /// <param name="cosines">Where the cosines are written, as many as there is room for; 0 for a vector of zeros.</param>
    public static void Cosines(Int8Rows rows, int first, Int8Rows query, Span<float> cosines)
    {
        ReadOnlySpan<sbyte> wanted = query[0], values = rows.Values[(first * wanted.Length)..];
        ReadOnlySpan<float> inverseLengths = rows.InverseLengths.Slice(first, cosines.Length);
        float inverseLength = query.InverseLengths[0];
        for (int row = 0; row < inverseLengths.Length; row++)
            cosines[row] = inverseLengths[row] == 0 ? 0 : Dot(values.Slice(row * wanted.Length, wanted.Length), wanted) * inverseLengths[row] * inverseLength;
    }

    /// <summary>Multiplies two vectors number by number and sums that up. Their lengths are equal, and a multiple of <see cref="Int8Rows.Step"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Dot(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(left.Length, right.Length);
        ref sbyte first = ref MemoryMarshal.GetReference(left);
        ref sbyte second = ref MemoryMarshal.GetReference(right);
        if (Avx512BW.IsSupported)
            return Dot512(ref first, ref second, left.Length);
        return Avx2.IsSupported ? Dot256(ref first, ref second, left.Length) : DotPortable(left, right);
    }

    /// <summary>The same on any processor.</summary>
    internal static int DotPortable(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right)
    {
        Vector128<int> sum = Vector128<int>.Zero;
        for (int at = 0; at < left.Length; at += Vector128<sbyte>.Count)
        {
            (Vector128<short> leftLow, Vector128<short> leftHigh) = Vector128.Widen(Vector128.Create(left[at..]));
            (Vector128<short> rightLow, Vector128<short> rightHigh) = Vector128.Widen(Vector128.Create(right[at..]));
            // two products of at most 127 · 127 fit in 16 bits
            (Vector128<int> low, Vector128<int> high) = Vector128.Widen(leftLow * rightLow + leftHigh * rightHigh);
            sum += low + high;
        }

        return Vector128.Sum(sum);
    }

    /// <summary>The same with 256 bits at a time.</summary>
    internal static int Dot256(ref sbyte left, ref sbyte right, int length)
    {
        Vector256<int> sum = Vector256<int>.Zero;
        for (nuint at = 0; at < (nuint)length; at += (nuint)Vector128<sbyte>.Count)
        {
            sum += Avx2.MultiplyAddAdjacent(
                Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref left, at)),
                Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref right, at)));
        }

        return Vector256.Sum(sum);
    }

    /// <summary>Adds a vector to a sum.</summary>
    /// <param name="row">The vector; its length is a multiple of <see cref="Int8Rows.Step"/>.</param>
    /// <param name="weight">What it is multiplied with.</param>
    /// <param name="sum">The sum, of the same length.</param>
    public static void Add(ReadOnlySpan<sbyte> row, float weight, Span<float> sum)
    {
        ref sbyte from = ref MemoryMarshal.GetReference(row);
        ref float to = ref MemoryMarshal.GetReference(sum[..row.Length]);
        Vector256<float> weights = Vector256.Create(weight);
        for (nuint at = 0; at < (nuint)row.Length; at += (nuint)Vector128<sbyte>.Count)
        {
            (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.LoadUnsafe(ref from, at));
            Add(ref to, at, low, weights);
            Add(ref to, at + (nuint)Vector128<short>.Count, high, weights);
        }
    }

    private static void Add(ref float sum, nuint at, Vector128<short> values, Vector256<float> weights)
    {
        (Vector128<int> low, Vector128<int> high) = Vector128.Widen(values);
        Vector256.MultiplyAddEstimate(Vector256.ConvertToSingle(Vector256.Create(low, high)), weights, Vector256.LoadUnsafe(ref sum, at)).StoreUnsafe(ref sum, at);
    }

    private static int Dot512(ref sbyte left, ref sbyte right, int length)
    {
        Vector512<int> sum = Vector512<int>.Zero;
        for (nuint at = 0; at < (nuint)length; at += (nuint)Vector256<sbyte>.Count)
        {
            sum += Avx512BW.MultiplyAddAdjacent(
                Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref left, at)),
                Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref right, at)));
        }

        return Vector512.Sum(sum);
    }
}
