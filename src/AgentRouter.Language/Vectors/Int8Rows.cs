using System.Numerics.Tensors;

namespace AgentRouter.Language.Vectors;

/// <summary>Vectors of one byte a number, one after the other: a quarter of the memory, and no difference that a ranking shows.</summary>
/// <remarks>Only directions are kept. Each vector is stretched so that its largest number is 127 and rounded; what it is multiplied with to
/// have the length one again is kept beside it, so that the cosines of the rounded vectors are exact.</remarks>
internal sealed class Int8Rows
{
    /// <summary>Vectors begin at multiples of so many bytes, and are filled up with zeros.</summary>
    public const int Step = 32;

    /// <summary>The most numbers of a vector.</summary>
    public const int MaxDimensions = 8_192;

    private readonly sbyte[] _values;
    private readonly float[] _inverseLengths;

    /// <summary>Takes vectors as they are in a file.</summary>
    /// <param name="values">The numbers of all vectors, each filled up to a multiple of <see cref="Step"/>.</param>
    /// <param name="dimensions">The numbers of each vector, from 1 to <see cref="MaxDimensions"/>.</param>
    public Int8Rows(sbyte[] values, int dimensions)
    {
        (_values, Dimensions) = (values, dimensions);
        _inverseLengths = new float[values.Length / Stride];
        for (int row = 0; row < Count; row++)
        {
            int square = Int8Scan.Dot(this[row], this[row]);
            _inverseLengths[row] = square == 0 ? 0 : 1 / MathF.Sqrt(square);
        }
    }

    /// <summary>Gets the number of vectors.</summary>
    public int Count => _inverseLengths.Length;

    /// <summary>Gets the numbers of each vector.</summary>
    public int Dimensions { get; }

    /// <summary>Gets the bytes from one vector to the next.</summary>
    public int Stride => StrideOf(Dimensions);

    /// <summary>Gets all vectors.</summary>
    public ReadOnlySpan<sbyte> Values => _values;

    /// <summary>Gets what makes each vector's length one; 0 of a vector of zeros.</summary>
    public ReadOnlySpan<float> InverseLengths => _inverseLengths;

    /// <summary>Gets a vector.</summary>
    public ReadOnlySpan<sbyte> this[int row] => _values.AsSpan(row * Stride, Stride);

    /// <summary>Gets the bytes from one vector to the next.</summary>
    public static int StrideOf(int dimensions) => (dimensions + Step - 1) / Step * Step;

    /// <summary>Makes rows of one vector.</summary>
    public static Int8Rows Of(ReadOnlySpan<float> vector)
    {
        var values = new sbyte[StrideOf(vector.Length)];
        Round(vector, values);
        return new Int8Rows(values, vector.Length);
    }

    /// <summary>Stretches and rounds a vector.</summary>
    /// <param name="vector">The vector; one of zeros, or with a number that is not finite, becomes zeros.</param>
    /// <param name="rounded">Where it is written.</param>
    /// <returns>What the rounded numbers are to be multiplied with to be the vector again.</returns>
    public static float Round(ReadOnlySpan<float> vector, Span<sbyte> rounded)
    {
        rounded.Clear();
        float most = vector.IsEmpty ? 0 : MathF.Abs(TensorPrimitives.MaxMagnitude(vector));
        float stretch = sbyte.MaxValue / most;
        if (!float.IsNormal(stretch))
            return 0;
        for (int i = 0; i < vector.Length; i++)
            rounded[i] = (sbyte)MathF.Round(vector[i] * stretch);
        return most / sbyte.MaxValue;
    }
}
