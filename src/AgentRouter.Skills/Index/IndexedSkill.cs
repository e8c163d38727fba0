namespace AgentRouter.Skills.Index;

/// <summary>A skill as an index knows it: enough to show it in a list; its body is where it came from.</summary>
public sealed class IndexedSkill
{
    private readonly StoredText _id;
    private readonly StoredText _name;
    private readonly StoredText _description;
    private readonly StoredText _stamp;

    internal IndexedSkill(StoredText id, StoredText name, StoredText description, StoredText stamp)
    {
        (_id, _name, _description, _stamp) = (id, name, description, stamp);
    }

    /// <summary>Gets where it came from; see <see cref="Skill.Id"/>.</summary>
    public string Id => _id.ToString();

    /// <summary>Gets its name.</summary>
    public string Name => _name.ToString();

    /// <summary>Gets what it does and when to use it.</summary>
    public string Description => _description.ToString();

    /// <summary>Gets the number of the source that it came from, from 0: of copies the one of the first source stands.</summary>
    public int Source { get; internal init; }

    /// <summary>Gets what its source said to tell changes by.</summary>
    internal string Stamp => _stamp.ToString();

    /// <summary>Gets the hash of its content; see <see cref="Skill.ComputeHash"/>.</summary>
    internal ContentHash Hash { get; init; }

    /// <summary>Gets a sketch of its body, to tell near copies by.</summary>
    internal BodySketch Sketch { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Id})";
}
