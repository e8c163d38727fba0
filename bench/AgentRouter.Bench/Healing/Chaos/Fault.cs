namespace AgentRouter.Bench.Healing.Chaos;

/// <summary>What a call comes to. Nobody is told before it is made.</summary>
internal enum Fault
{
    None,

    /// <summary>It cannot be reached.</summary>
    Down,

    /// <summary>It says that it cannot do it.</summary>
    Refuses,

    /// <summary>It breaks before it has done anything; the caller cannot know.</summary>
    DiesBefore,

    /// <summary>It does it, and breaks before it answers.</summary>
    DiesAfter,

    /// <summary>It does nothing and never answers.</summary>
    HangsBefore,

    /// <summary>It does it and never answers.</summary>
    HangsAfter,

    /// <summary>It does it and answers with something else than it promises.</summary>
    Lies,

    /// <summary>It does it and answers with nothing.</summary>
    SaysNothing,

    /// <summary>Its service asks to slow down.</summary>
    Throttled,

    /// <summary>It takes its time and does it.</summary>
    Slow,
}
