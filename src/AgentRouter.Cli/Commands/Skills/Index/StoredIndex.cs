using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Terminals;
using AgentRouter.Configuration;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Index.Files;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Skills.Index;

/// <summary>An index file that is to be brought up to date.</summary>
internal static class StoredIndex
{
    /// <summary>Reads it; an empty index where there is none. What cannot be read is made again: it holds nothing that the skills do not.</summary>
    /// <exception cref="ConfigurationException">The file is something else.</exception>
    public static SkillIndex Read(CliContext context, string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
            return SkillIndex.Empty;
        try
        {
            return SkillIndexFile.Load(path);
        }
        catch (ConfigurationException e) when (SkillIndexFile.CanBeMadeAgain(path))
        {
            context.Terminal.Error.Write(new Text(Untrusted.Line(e.Message, 400) + " It is made again now.\n", Palette.Warning));
            return SkillIndex.Empty;
        }
    }
}
