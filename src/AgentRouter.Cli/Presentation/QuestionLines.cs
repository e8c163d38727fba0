using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Terminals;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Cli.Presentation;

/// <summary>The questions that a run waits for an answer to, and how to answer them.</summary>
internal static class QuestionLines
{
    /// <summary>Shows questions.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="questions">The questions.</param>
    /// <param name="commands">The command lines of the run.</param>
    public static void Show(Screen screen, IReadOnlyList<RunQuestion> questions, RunCommandLines commands)
    {
        foreach (RunQuestion question in questions)
        {
            screen.Title(question.Node is { } node ? Untrusted.Line(node, 80) + " asks" : "The run asks");
            screen.Indented(2, Untrusted.Block(question.Question).TrimEnd(), Palette.Plain);
            if (question.Choices.Count > 0)
                screen.Fact("choices", string.Join(", ", question.Choices));
            if (question.Default is { } fallback)
                screen.Fact("by default", fallback);
            screen.Fact("answer", commands.Answer(question, questions.Count > 1), Palette.Accent);
        }
    }
}
