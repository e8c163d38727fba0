using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Workflows.Runs;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Answer;

/// <summary>The open questions of a run, or that one is answered.</summary>
internal sealed class AnswerScreen(IAnsiConsole console, RunCommandLines commands)
{
    private readonly Screen _screen = new(console);

    /// <summary>Lists questions.</summary>
    public void List(IReadOnlyList<RunQuestion> questions)
    {
        if (questions.Count == 0)
        {
            _screen.Line(new Paragraph($"The run {commands.RunId} waits for no answer."));
            return;
        }

        _screen.Line(new Paragraph($"{commands.RunId} waits for {Numbers.Of(questions.Count, "answer")}."));
        QuestionLines.Show(_screen, questions, commands);
    }

    /// <summary>Says that an answer is recorded.</summary>
    public void Recorded()
    {
        _screen.Line(new Paragraph($"{_screen.Glyphs.Done} ", Palette.Good).Append("The answer is recorded."));
        _screen.Fact("go on", commands.Resume, Palette.Accent);
    }
}
