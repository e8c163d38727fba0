using Microsoft.Extensions.AI;

namespace AgentRouter.Cli.Commands.Tools.Bench.Worlds;

/// <summary>The services of one scenario: functions that fail as the scenario says, and a log of what they did. One run uses it, one call at a time.</summary>
internal sealed class World(IReadOnlyList<ServiceFault> faults)
{
    private readonly Dictionary<string, AIFunction> _functions = new(StringComparer.Ordinal);
    private readonly List<ServiceCall> _calls = [];
    private readonly List<LogEntry> _log = [];

    /// <summary>Gets the services as a system calls them, by name.</summary>
    public IReadOnlyDictionary<string, AIFunction> Functions => _functions;

    /// <summary>Gets the calls so far, failed ones too.</summary>
    public IReadOnlyList<ServiceCall> Calls => _calls;

    /// <summary>Gets what the services have noted.</summary>
    public IReadOnlyList<LogEntry> Log => _log;

    /// <summary>Opens a service.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="work">What a call does; its parameters are known by their names.</param>
    public void Open(string name, Delegate work) => _functions.Add(name, new Service(this, AIFunctionFactory.Create(work, name)));

    /// <summary>Notes that a service changed something.</summary>
    public void Did(string service, string what) => _log.Add(new LogEntry(service, what, IsEffect: true));

    /// <summary>Notes that a service looked at something.</summary>
    public void Looked(string service, string at) => _log.Add(new LogEntry(service, at, IsEffect: false));

    private bool IsOut(string service) =>
        faults.Any(fault => fault.Service == service && (fault.After is null || _calls.Exists(call => call.Service == fault.After)));

    private sealed class Service(World world, AIFunction inner) : DelegatingAIFunction(inner)
    {
        protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
        {
            try
            {
                if (world.IsOut(Name))
                    throw new HttpRequestException(HttpRequestError.ConnectionError, $"Connection refused ({Name}:443)");
                object? result = await base.InvokeCoreAsync(arguments, cancellationToken);
                world._calls.Add(new ServiceCall(Name, null));
                return result;
            }
            catch (Exception exception)
            {
                world._calls.Add(new ServiceCall(Name, exception.Message));
                throw;
            }
        }
    }
}
