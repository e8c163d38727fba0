using Microsoft.Extensions.VectorData.ProviderServices;

namespace AgentRouter.VectorStores.Postgres;

/// <summary>The table of a collection.</summary>
internal sealed class PostgresTable(string schema, string name, CollectionModel model, string textSearchConfiguration)
{
    public string Schema => schema;

    public string Name => name;

    public CollectionModel Model => model;

    public string QuotedName { get; } = $"{SqlText.Quote(schema)}.{SqlText.Quote(name)}";

    public string QuotedKey { get; } = SqlText.Quote(model.KeyProperty.StorageName);

    /// <summary>Gets the text search configuration as a constant: an index over an expression needs one.</summary>
    public string TextSearch { get; } = $"{SqlText.Literal(textSearchConfiguration)}::regconfig";

    /// <summary>Gets the words of a column, as its full-text index holds them.</summary>
    public string WordsOf(DataPropertyModel property) => $"to_tsvector({TextSearch}, {SqlText.Quote(property.StorageName)})";
}
