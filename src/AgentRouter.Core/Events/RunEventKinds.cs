using System.Reflection;
using System.Text.Json.Serialization;

namespace AgentRouter.Events;

/// <summary>The names of the kinds of events, as they stand in JSON.</summary>
public static class RunEventKinds
{
    private static readonly Dictionary<Type, string> Names = typeof(RunEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(kind => kind.DerivedType, kind => (string)kind.TypeDiscriminator!);

    /// <summary>Gets the name of an event's kind: <c>call.answered</c>.</summary>
    /// <param name="runEvent">The event.</param>
    public static string NameOf(RunEvent runEvent)
    {
        ArgumentNullException.ThrowIfNull(runEvent);
        return Names[runEvent.GetType()];
    }
}
