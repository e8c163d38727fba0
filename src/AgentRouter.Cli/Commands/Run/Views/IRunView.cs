using AgentRouter.Events;

namespace AgentRouter.Cli.Commands.Run.Views;

/// <summary>Shows a run while it happens. Disposing it leaves the terminal as it was.</summary>
internal interface IRunView : IAsyncDisposable
{
    /// <summary>Shows an event. Called for one event at a time.</summary>
    /// <param name="runEvent">The event.</param>
    void Show(RunEvent runEvent);

    /// <summary>Stops drawing while a person is asked.</summary>
    /// <param name="ask">Asks.</param>
    Task<T> PauseAsync<T>(Func<Task<T>> ask);
}
