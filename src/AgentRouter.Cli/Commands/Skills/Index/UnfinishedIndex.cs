using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Cli.Terminals;
using AgentRouter.Pricing;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Index.Files;

namespace AgentRouter.Cli.Commands.Skills.Index;

/// <summary>What a model has embedded of an index that is not whole yet, in a file beside it: whoever is stopped has paid for nothing in vain, and the index itself stays as it was.</summary>
/// <param name="context">The world.</param>
/// <param name="path">The index.</param>
/// <param name="vectorName">What makes the vectors.</param>
internal sealed class UnfinishedIndex(CliContext context, string path, string vectorName)
{
    private readonly string _file = path + ".part";
    private int? _skills;

    /// <summary>Finds what an earlier run has left; <see langword="null"/> where it left nothing, or vectors of another model.</summary>
    public SkillIndex? Find()
    {
        SkillIndex left = StoredIndex.Read(context, _file);
        if (left.EmbedderName != vectorName)
            return null;
        _skills = left.Count;
        Notes.Show(context, $"An earlier run broke off; what it embedded is in {context.Shorten(_file)}, {Numbers.Of(left.Count, "skill")} in all, and is not embedded again.");
        return left;
    }

    /// <summary>Keeps what is embedded so far.</summary>
    public void Keep(SkillIndex index)
    {
        SkillIndexFile.Save(index, _file);
        _skills = index.Count;
    }

    /// <summary>Says what was spent by a run that breaks off, and what is kept of it.</summary>
    /// <param name="embeddings">What has embedded.</param>
    /// <param name="money">What it cost.</param>
    public void SayWhatIsKept(OpenEmbeddings embeddings, Money money)
    {
        if (embeddings.Meter.Texts == 0 && _skills is null)
            return;
        string spent = embeddings.Profile.IsPaid ? $", {Numbers.Money(money)} spent" : "";
        string kept = _skills is { } skills
            ? $"{Numbers.Of(skills, "skill")} with their vectors are kept in {context.Shorten(_file)}: the same command goes on from there."
            : "No skill was whole, so nothing is kept.";
        Notes.Show(context, $"Stopped after {Numbers.Of(embeddings.Meter.Texts, "text")}{spent}. {kept}");
    }

    /// <summary>Removes it: the index has all that it has.</summary>
    public void Remove()
    {
        if (_skills is not null)
            File.Delete(_file);
    }
}
