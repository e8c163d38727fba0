using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace AgentRouter.VectorStores.Postgres;

/// <summary>A statement in the making. Names are quoted, values become parameters; nothing else from outside gets into the text.</summary>
internal sealed class SqlText
{
    private readonly StringBuilder _text = new();
    private readonly List<NpgsqlParameter> _parameters = [];

    public SqlText Append(string sql)
    {
        _text.Append(sql);
        return this;
    }

    public SqlText Append(int number)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{number}");
        return this;
    }

    public SqlText Name(string name)
    {
        _text.Append(Quote(name));
        return this;
    }

    /// <summary>Adds a parameter of a column's type.</summary>
    public SqlText Value(object? value, NpgsqlDbType type)
    {
        _parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return Append("$").Append(_parameters.Count);
    }

    /// <summary>Adds a vector. It goes over the wire as an array of floats and is cast by the server, so that the data source needs no plug-in
    /// and does not have to know the type before the extension exists.</summary>
    public SqlText Vector(ReadOnlyMemory<float>? vector) => Value(vector?.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Real).Append("::vector");

    /// <summary>Adds parts with a separator between them.</summary>
    public SqlText Join<T>(string separator, IReadOnlyList<T> items, Action<T> append)
    {
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0)
                Append(separator);
            append(items[i]);
        }

        return this;
    }

    public NpgsqlBatchCommand ToCommand()
    {
        var command = new NpgsqlBatchCommand(_text.ToString());
        foreach (NpgsqlParameter parameter in _parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
