using AgentRouter.Cli.Commands.Trace;
using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Terminals;
using AgentRouter.Cli.Tests.Support;
using AgentRouter.Events;
using CsCheck;

namespace AgentRouter.Cli.Tests.Terminals;

public sealed class UntrustedTests
{
    [Theory]
    [InlineData("\e[31mred\e[0m", "red")]
    [InlineData("a\e]0;title\ab", "ab")]
    [InlineData("a\e]8;;https://evil.example\e\\link\e]8;;\e\\b", "alinkb")]
    [InlineData("a\u009b2Jb", "ab")]
    [InlineData("a\e[?1049hb", "ab")]
    [InlineData("a\eP1;2|data\e\\b", "ab")]
    [InlineData("one\rtwo", "one\ntwo")]
    [InlineData("bell\a back\b", "bell back")]
    [InlineData("right\u202Eto left", "rightto left")]
    [InlineData("tab\there", "tab    here")]
    [InlineData("a pair 😀", "a pair 😀")]
    [InlineData("[red]no markup[/]", "[red]no markup[/]")]
    public void Only_what_can_be_read_is_left(string text, string clean) => Untrusted.Block(text).ShouldBe(clean);

    [Fact]
    public void Half_a_surrogate_pair_is_left_out() => Untrusted.Block("half \ud83d, other \ude00.").ShouldBe("half , other .");

    [Fact]
    public void No_text_at_all_leaves_a_control_character()
    {
        Gen<char> nasty = Gen.OneOf(Gen.Char, Gen.Char['\0', '\u009f'], Gen.Char["\e[]m;\a\\\u202e"]);
        nasty.Array[0, 60].Select(chars => new string(chars)).Sample(text =>
        {
            Untrusted.Block(text).ShouldAllBe(c => c == '\n' || !char.IsControl(c));
            string line = Untrusted.Line(text, 20);
            line.ShouldAllBe(c => !char.IsControl(c));
            line.Length.ShouldBeLessThanOrEqualTo(20);
        });
    }

    [Fact]
    public void A_tool_that_prints_escape_codes_cannot_reach_the_terminal()
    {
        SampleRun run = new SampleRun(workflow: "\e[2Jevil[/]")
            .Node("\e[31mnode", "agent")
            .Tool("workspace.run\e[5m", "{\"command\":\"[bold]\e]0;x\a\"}", "\e[1A\e[2K\u202etxt.exe\nsecond [link]");
        var trace = new TraceModel();
        foreach (RunEvent runEvent in run.Events)
            trace.Add(runEvent);
        string text = Screens.Draw(100, console => new TraceScreen(console).Show(new RunCommandLines(SampleRun.RunId), trace));
        text.ShouldAllBe(c => c == '\n' || !char.IsControl(c));
        text.ShouldNotContain("\u202e");
        text.ShouldContain("[bold]");
        text.ShouldContain("second [link]");
    }
}
