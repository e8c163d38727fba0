using AgentRouter.VectorStores.Records;
using NpgsqlTypes;

namespace AgentRouter.VectorStores.Postgres;

/// <summary>The column type of a property's type, and the form in which its values travel.</summary>
internal static class PostgresTypes
{
    private static readonly Dictionary<Type, (string Sql, NpgsqlDbType Parameter)> Scalars = new()
    {
        [typeof(bool)] = ("boolean", NpgsqlDbType.Boolean),
        [typeof(short)] = ("smallint", NpgsqlDbType.Smallint),
        [typeof(int)] = ("integer", NpgsqlDbType.Integer),
        [typeof(long)] = ("bigint", NpgsqlDbType.Bigint),
        [typeof(float)] = ("real", NpgsqlDbType.Real),
        [typeof(double)] = ("double precision", NpgsqlDbType.Double),
        [typeof(decimal)] = ("numeric", NpgsqlDbType.Numeric),
        [typeof(string)] = ("text", NpgsqlDbType.Text),
        [typeof(Guid)] = ("uuid", NpgsqlDbType.Uuid),
        [typeof(DateTime)] = ("timestamptz", NpgsqlDbType.TimestampTz),
        [typeof(DateTimeOffset)] = ("timestamptz", NpgsqlDbType.TimestampTz),
    };

    public static IReadOnlySet<Type> ScalarTypes { get; } = Scalars.Keys.ToHashSet();

    public static IReadOnlySet<Type> KeyTypes { get; } = new HashSet<Type> { typeof(int), typeof(long), typeof(string), typeof(Guid) };

    public static string SqlOf(Type type) => RecordTypes.ElementOf(type) is { } element
        ? Scalars[element].Sql + "[]"
        : Scalars[Nullable.GetUnderlyingType(type) ?? type].Sql;

    public static NpgsqlDbType ParameterOf(Type type) => RecordTypes.ElementOf(type) is { } element
        ? NpgsqlDbType.Array | Scalars[element].Parameter
        : Scalars[Nullable.GetUnderlyingType(type) ?? type].Parameter;

    /// <summary>Gets the form in which a value is written: times as UTC.</summary>
    public static object? ToStored(object? value) => value switch
    {
        DateTime time => RecordTypes.ToUtc(time),
        DateTimeOffset time => time.ToUniversalTime(),
        IEnumerable<DateTime> times => times.Select(RecordTypes.ToUtc).ToArray(),
        IEnumerable<DateTimeOffset> times => times.Select(time => time.ToUniversalTime()).ToArray(),
        _ => value,
    };

    /// <summary>Gets what a property of this type holds for a value that was read.</summary>
    public static object FromStored(object value, Type type) => (value, RecordTypes.ElementOf(type)) switch
    {
        (DateTime time, _) when (Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTimeOffset) => new DateTimeOffset(time),
        (DateTime[] times, { } element) when element == typeof(DateTimeOffset) => RecordTypes.ToList(Array.ConvertAll(times, time => new DateTimeOffset(time)), type),
        (Array items, not null) => RecordTypes.ToList(items, type),
        _ => value,
    };
}
