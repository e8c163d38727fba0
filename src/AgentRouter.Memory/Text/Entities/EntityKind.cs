namespace AgentRouter.Memory.Text.Entities;

/// <summary>What kind of thing a text names. The word before the colon of its key says the same.</summary>
internal enum EntityKind
{
    /// <summary>A person, place, work or other thing with a name: <c>name:anna fischer</c>.</summary>
    Name,

    /// <summary>Days: <c>date:2026-05-07</c>, <c>date:2026-05-01/2026-05-31</c>.</summary>
    Date,

    /// <summary>An identifier or a piece of code: <c>code:parse_args</c>.</summary>
    Code,

    /// <summary>A file or folder: <c>path:src/app.cs</c>.</summary>
    Path,

    /// <summary>A page: <c>url:example.org/a</c>.</summary>
    Url,

    /// <summary>A mail address: <c>mail:anna@example.org</c>.</summary>
    Mail,

    /// <summary>A version, an amount of money or a long number: <c>number:4711</c>.</summary>
    Number,
}
