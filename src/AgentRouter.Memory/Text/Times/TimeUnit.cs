namespace AgentRouter.Memory.Text.Times;

/// <summary>What time is counted in.</summary>
internal enum TimeUnit
{
    /// <summary>Hours and less: on the same day.</summary>
    Hour,

    /// <summary>Days.</summary>
    Day,

    /// <summary>Weeks, from Monday.</summary>
    Week,

    /// <summary>Saturdays with their Sundays.</summary>
    Weekend,

    /// <summary>Months.</summary>
    Month,

    /// <summary>Years.</summary>
    Year,
}
