using System.Globalization;
using System.Security.Cryptography;

namespace AgentRouter.Identity;

/// <summary>Ids that sort by time and can be read aloud: <c>20261122-150434-k3f9q</c>.</summary>
/// <param name="timeProvider">The clock; the system's when not given.</param>
public sealed class TimeOrderedIdGenerator(TimeProvider? timeProvider = null) : IIdGenerator
{
    private const string Alphabet = "abcdefghjkmnpqrstvwxyz23456789";
    private const int SuffixLength = 6;
    private readonly TimeProvider _timeProvider = timeProvider ?? TimeProvider.System;

    /// <inheritdoc/>
    public string NewId() =>
        _timeProvider.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + "-" + RandomNumberGenerator.GetString(Alphabet, SuffixLength);
}
