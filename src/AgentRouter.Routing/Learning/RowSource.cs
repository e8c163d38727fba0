namespace AgentRouter.Routing.Learning;

/// <summary>Where a row comes from, by its id: the first two of its parts, which <c>_</c> or <c>/</c> divide. Tables that were put
/// together from several sets keep their names there. It is used for rows without a prompt only.</summary>
internal static class RowSource
{
    /// <summary>Gets the source of a row.</summary>
    /// <param name="id">The row's id.</param>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> id)
    {
        int first = id.IndexOfAny('_', '/');
        if (first < 0)
            return id;
        int second = id[(first + 1)..].IndexOfAny('_', '/');
        return second < 0 ? id : id[..(first + 1 + second)];
    }
}
