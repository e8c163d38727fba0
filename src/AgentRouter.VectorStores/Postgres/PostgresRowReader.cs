using AgentRouter.VectorStores.Records;
using Microsoft.Extensions.VectorData.ProviderServices;
using Npgsql;

namespace AgentRouter.VectorStores.Postgres;

/// <summary>The columns that make a record, and the record that a row makes.</summary>
internal sealed class PostgresRowReader<TRecord>(CollectionModel model, bool includeVectors)
    where TRecord : class
{
    private readonly PropertyModel[] _properties = [.. model.Properties.Where(property => includeVectors || property is not VectorPropertyModel)];

    /// <summary>Gets the number of columns.</summary>
    public int Count => _properties.Length;

    public void AppendColumns(SqlText sql, string table = "") => sql.Join(", ", _properties, property =>
    {
        sql.Append(table).Name(property.StorageName);
        if (property is VectorPropertyModel)
            sql.Append("::real[]");
    });

    public TRecord Read(NpgsqlDataReader row)
    {
        TRecord record = model.CreateRecord<TRecord>()!;
        for (int i = 0; i < _properties.Length; i++)
        {
            PropertyModel property = _properties[i];
            if (!row.IsDBNull(i))
                property.SetValueAsObject(record, ValueOf(row.GetValue(i), property));
            else if (RecordTypes.CanBeNull(property.Type))
                property.SetValueAsObject(record, null);
        }

        return record;
    }

    private static object ValueOf(object value, PropertyModel property) => property is VectorPropertyModel
        ? VectorValue.Create((float[])value, property.Type)
        : PostgresTypes.FromStored(value, property.Type);
}
