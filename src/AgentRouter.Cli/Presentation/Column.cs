namespace AgentRouter.Cli.Presentation;

/// <summary>A column of a <see cref="ColumnTable"/>.</summary>
/// <param name="Header">Its title.</param>
internal sealed record Column(string Header)
{
    /// <summary>Gets a value indicating whether its cells end on one line below the other, as numbers do.</summary>
    public bool IsRight { get; init; }

    /// <summary>Gets a value indicating whether it takes the width that is left; its cells are cut to it.</summary>
    public bool IsFlexible { get; init; }

    /// <summary>Gets a value indicating whether cells are cut in their middle, where names differ at their ends.</summary>
    public bool IsCutInMiddle { get; init; }

    /// <summary>Gets the most lines that a cell takes; what is longer is cut. The default is 1.</summary>
    public int MostLines { get; init; } = 1;

    /// <summary>Gets what it is called where it stands alone; its title when <see langword="null"/>.</summary>
    public string? LongName { get; init; }

    /// <summary>Gets the order in which columns are left out where the terminal is narrow: the lowest first; never when <see langword="null"/>.</summary>
    public int? LeaveOut { get; init; }
}
