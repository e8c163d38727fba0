namespace AgentRouter.Routing.Evaluation.Stages;

/// <summary>The models of all stages of a run. Two arms are the same when each stage has the same model.</summary>
internal sealed class StageArm : IEquatable<StageArm>
{
    private readonly string _key;
    private readonly int _hash;

    /// <summary>Makes an arm.</summary>
    /// <param name="models">The model by stage, in the order of the stages.</param>
    public StageArm(IReadOnlyList<(string Stage, string Model)> models)
    {
        Models = models;
        _key = string.Join('\n', models.OrderBy(pair => pair.Stage, StringComparer.Ordinal).Select(pair => pair.Stage + "\t" + pair.Model));
        _hash = _key.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>Gets the model by stage.</summary>
    public IReadOnlyList<(string Stage, string Model)> Models { get; }

    /// <inheritdoc/>
    public bool Equals(StageArm? other) => other is not null && other._hash == _hash && other._key == _key;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StageArm);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <inheritdoc/>
    public override string ToString() => string.Join(" · ", Models.Select(pair => pair.Model));
}
