using AgentRouter.Cli.Terminals;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Route.Train;

/// <summary>Says that a policy file was written and how it is used.</summary>
internal static class SavedScreen
{
    /// <summary>Makes the line.</summary>
    /// <param name="policy">The policy's name.</param>
    /// <param name="file">The file, as the user named it.</param>
    /// <param name="why">Why it was saved, or <see langword="null"/>.</param>
    public static Paragraph Saved(string policy, string file, string? why = null)
    {
        string name = Untrusted.Line(Path.GetFileName(file), 100);
        return new Paragraph($"  Saved in {Untrusted.Line(file, 200)}{(why is null ? "" : ": " + why)}.", Palette.Good)
            .Append($"\n  Use it in a workflow of the same folder: router: {{ policy: {policy}, file: {name} }}\n  From another folder, file is the way from the workflow to it, such as ../{name}.");
    }
}
