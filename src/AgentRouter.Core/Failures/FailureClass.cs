namespace AgentRouter.Failures;

/// <summary>What kind of failure a model call had. Whether it may be retried or may fall back is a property of the class.</summary>
public enum FailureClass
{
    /// <summary>A failure that may pass: a server error, a broken connection.</summary>
    Transient,

    /// <summary>The provider asked to slow down.</summary>
    Throttled,

    /// <summary>The call took longer than it was given.</summary>
    Timeout,

    /// <summary>The prompt does not fit the model's context window.</summary>
    ContextTooLong,

    /// <summary>The provider refused the content.</summary>
    ContentFilter,

    /// <summary>The provider refused the request as malformed or unsupported.</summary>
    InvalidRequest,

    /// <summary>The key is missing, wrong or not allowed to use the model.</summary>
    Authentication,

    /// <summary>The caller cancelled.</summary>
    Cancelled,

    /// <summary>The provider answered with something that is not an answer.</summary>
    MalformedReply,

    /// <summary>None of the above.</summary>
    Unknown,
}
