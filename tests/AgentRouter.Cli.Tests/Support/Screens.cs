using AgentRouter.Cli.Terminals;
using Spectre.Console;
using Spectre.Console.Testing;

namespace AgentRouter.Cli.Tests.Support;

/// <summary>Terminals for tests.</summary>
internal static class Screens
{
    public static TestConsole Console(int width = 100)
    {
        var console = new TestConsole();
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    /// <summary>What was written, without the spaces at the ends of lines.</summary>
    public static string Text(this TestConsole console) =>
        string.Join('\n', console.Output.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n') + "\n";

    public static string Draw(int width, Action<IAnsiConsole> draw)
    {
        using TestConsole console = Console(width);
        draw(console);
        return console.Text();
    }

    public static Terminal Redirected(TestConsole output, TestConsole error, TextWriter lines) =>
        new() { Output = output, Error = error, Lines = lines, IsRedirected = true };
}
