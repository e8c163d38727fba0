namespace AgentRouter.Identity;

/// <summary>Makes identifiers. Injected, so that a run can be replayed with the ids it had.</summary>
public interface IIdGenerator
{
    /// <summary>Makes a new id: letters, digits and hyphens, fit for a file name.</summary>
    string NewId();
}
