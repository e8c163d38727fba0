namespace AgentRouter.VectorStores.Filters;

/// <summary>Which conversions of C# keep a property's value.</summary>
internal static class FilterTypes
{
    private static readonly Type[] Numbers = [typeof(short), typeof(int), typeof(long), typeof(float), typeof(double), typeof(decimal)];

    public static bool IsNumber(Type type) => Array.IndexOf(Numbers, type) >= 0;

    /// <summary>Says whether this is a conversion to a wider number, to a nullable type, or to object.</summary>
    public static bool Widens(Type from, Type to)
    {
        from = Nullable.GetUnderlyingType(from) ?? from;
        to = Nullable.GetUnderlyingType(to) ?? to;
        if (from == to || to == typeof(object))
            return true;
        bool isFraction = from == typeof(float) || from == typeof(double);
        return IsNumber(from) && IsNumber(to) && Array.IndexOf(Numbers, from) < Array.IndexOf(Numbers, to) && !(isFraction && to == typeof(decimal));
    }
}
