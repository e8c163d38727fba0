using Microsoft.Extensions.VectorData;

namespace AgentRouter.Skills.Dense.Stored;

/// <summary>A vector in a store: of one text of a skill.</summary>
/// <remarks>A skill is known by the hash of its content and not by where it is: its file has another path on each machine, and what is the same has the
/// same vectors.</remarks>
internal sealed class SkillVectorRecord
{
    /// <summary>Gets or sets the key; see <see cref="StoredKeys"/>.</summary>
    public Guid Id { get; set; }

    /// <summary>Gets or sets the hash of the skill's content, in hexadecimal digits.</summary>
    public string Skill { get; set; } = "";

    /// <summary>Gets or sets the skill's name, for people who look at the table.</summary>
    public string Name { get; set; } = "";

    /// <summary>Gets or sets what made the vector; see <see cref="ISkillEmbedder.Name"/>.</summary>
    public string Model { get; set; } = "";

    /// <summary>Gets or sets the number of the text, from 0: name and description, then the pieces of the body.</summary>
    public int Piece { get; set; }

    /// <summary>Gets or sets how many texts the skill has.</summary>
    public int Pieces { get; set; }

    /// <summary>Gets or sets the vector.</summary>
    public ReadOnlyMemory<float> Vector { get; set; }

    /// <summary>Describes a collection of such records.</summary>
    /// <param name="dimensions">The numbers of a vector.</param>
    public static VectorStoreCollectionDefinition Definition(int dimensions) => new()
    {
        Properties =
        [
            new VectorStoreKeyProperty(nameof(Id), typeof(Guid)),
            new VectorStoreDataProperty(nameof(Skill), typeof(string)),
            new VectorStoreDataProperty(nameof(Name), typeof(string)),
            new VectorStoreDataProperty(nameof(Model), typeof(string)) { IsIndexed = true },
            new VectorStoreDataProperty(nameof(Piece), typeof(int)) { IsIndexed = true },
            new VectorStoreDataProperty(nameof(Pieces), typeof(int)),
            new VectorStoreVectorProperty(nameof(Vector), typeof(ReadOnlyMemory<float>), dimensions)
            {
                DistanceFunction = DistanceFunction.CosineSimilarity,
                IndexKind = dimensions > StoredDefaults.MostIndexedDimensions ? IndexKind.Flat : null,
            },
        ],
    };
}
