namespace AgentRouter.Workflows.Runs;

/// <summary>Another process works on the run.</summary>
public sealed class RunInUseException : IOException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="owner">Who works on it: machine and process.</param>
    /// <param name="until">When its claim ends if it is heard of no more.</param>
    public RunInUseException(string runId, string owner, DateTimeOffset until)
        : base($"The run '{runId}' is in use by {owner}. Wait until it ends there; if that process is gone, its claim ends at {until:HH:mm:ss} UTC.") =>
        (RunId, Owner, Until) = (runId, owner, until);

    /// <summary>Gets the run.</summary>
    public string RunId { get; }

    /// <summary>Gets who works on it.</summary>
    public string Owner { get; }

    /// <summary>Gets when its claim ends if it is heard of no more.</summary>
    public DateTimeOffset Until { get; }
}
