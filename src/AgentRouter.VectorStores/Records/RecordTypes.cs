namespace AgentRouter.VectorStores.Records;

/// <summary>What the stores need to know of the types of properties.</summary>
internal static class RecordTypes
{
    /// <summary>Gets the type of the elements of an array or a list; null for anything else.</summary>
    public static Type? ElementOf(Type type) =>
        type.IsSZArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) ? type.GenericTypeArguments[0]
        : null;

    public static bool CanBeNull(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;

    /// <summary>Gets the moment that a value means: a time without a zone is one in UTC.</summary>
    public static DateTime ToUtc(DateTime time) => time.Kind switch
    {
        DateTimeKind.Utc => time,
        DateTimeKind.Local => time.ToUniversalTime(),
        _ => DateTime.SpecifyKind(time, DateTimeKind.Utc),
    };

    /// <summary>Makes the array or list that a property holds.</summary>
    public static object ToList(Array items, Type type) => type.IsSZArray ? items : Activator.CreateInstance(type, items)!;
}
