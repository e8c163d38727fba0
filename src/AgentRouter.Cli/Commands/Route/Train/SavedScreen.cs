using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;

namespace AgentRouter.Cli.Commands.Route.Train;

/// <summary>Says that a policy file was written and how it is used.</summary>
internal static class SavedScreen
{
    /// <summary>Shows it.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="policy">The policy's name.</param>
    /// <param name="file">The file, as the user named it.</param>
    /// <param name="why">Why it was saved, or <see langword="null"/>.</param>
    public static void Show(Screen screen, string policy, string file, string? why = null)
    {
        string name = Untrusted.Line(Path.GetFileName(file), 100);
        screen.Indented(2, $"Saved in {Untrusted.Line(file, 200)}{(why is null ? "" : ": " + why)}.", Palette.Good);
        screen.Indented(2, $"Use it in a workflow of the same folder: router: {{ policy: {policy}, file: {name} }}", Palette.Plain);
        screen.Indented(2, $"From another folder, file is the way from the workflow to it, such as ../{name}.", Palette.Plain);
    }
}
