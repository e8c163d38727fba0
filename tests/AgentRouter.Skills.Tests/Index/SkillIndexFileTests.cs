using System.Buffers.Binary;
using AgentRouter.Configuration;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Index.Files;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Tests.Support;
using CsCheck;

namespace AgentRouter.Skills.Tests.Index;

public sealed class SkillIndexFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agentrouter-index-").FullName;

    private string File => Path.Combine(_folder, "skills.index");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_loaded_is_what_was_saved() => Gen.Select(RandomSkills.Library(0, 10), RandomSkills.Words(1, 6)).Sample((skills, query) =>
    {
        SkillIndex index = SkillIndex.Of(skills).Without(skills.Take(2).Select(skill => skill.Id));
        SkillIndexFile.Save(index, File);

        SkillIndex loaded = SkillIndexFile.Load(File);

        loaded.Skills.Select(skill => (skill.Id, skill.Name, skill.Description, skill.Hash)).ShouldBe(index.Skills.Select(skill => (skill.Id, skill.Name, skill.Description, skill.Hash)));
        Found(loaded, query).ShouldBe(Found(index, query));
    }, iter: 40, threads: 1);

    [Fact]
    public void Vectors_are_kept()
    {
        SkillIndex index = LearnedVectors.Update(SkillIndex.Of(TopicSkills.Many(120, seed: 3)), DenseMode.On).With([TestSkills.Of("late")]);
        SkillIndexFile.Save(index, File);

        SkillIndex loaded = SkillIndexFile.Load(File);

        loaded.VectorLength.ShouldBe(30);
        Found(loaded, TopicSkills.Word(1, 2)).ShouldBe(Found(index, TopicSkills.Word(1, 2)));
        LearnedVectors.Update(loaded, DenseMode.On).ShouldBeSameAs(loaded);
        ((LearnedWords)loaded.Space!).ChangedSince.ShouldBe(1);
    }

    [Fact]
    public void Every_byte_that_is_not_as_it_was_written_is_noticed()
    {
        SkillIndexFile.Save(SkillIndex.Of([TestSkills.Of("tea", "Makes tea", "Boil water."), TestSkills.Of("toast")]), File);
        EveryChangeIsNoticed(step: 1);
    }

    [Fact]
    public void Vectors_that_are_not_as_they_were_written_are_noticed()
    {
        SkillIndexFile.Save(LearnedVectors.Update(SkillIndex.Of(TopicSkills.Many(120, seed: 3)), DenseMode.On), File);
        EveryChangeIsNoticed(step: 211);
    }

    private void EveryChangeIsNoticed(int step)
    {
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        for (int i = 0; i < bytes.Length; i += step)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= (byte)(1 << (i % 8));
            System.IO.File.WriteAllBytes(File, changed);
            Should.Throw<ConfigurationException>(() => SkillIndexFile.Load(File), $"byte {i}");
        }
    }

    [Fact]
    public void A_file_that_is_cut_or_goes_on_is_refused()
    {
        SkillIndexFile.Save(SkillIndex.Of([TestSkills.Of("tea", "Makes tea")]), File);
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        for (int length = 0; length < bytes.Length; length += 7)
        {
            System.IO.File.WriteAllBytes(File, bytes[..length]);
            Should.Throw<ConfigurationException>(() => SkillIndexFile.Load(File), $"length {length}");
        }

        System.IO.File.WriteAllBytes(File, [.. bytes, 0]);
        Should.Throw<ConfigurationException>(() => SkillIndexFile.Load(File));
    }

    [Fact]
    public void Whole_sections_that_make_no_sense_are_refused() => Gen.Byte.Array[0, 40].Array[FileHeader.Sections].Sample(sections =>
    {
        byte[] head = FileHeader.Write([.. sections.Select(section => ((long)section.Length, FileHeader.Checksum(section)))]);
        System.IO.File.WriteAllBytes(File, [.. head, .. sections.SelectMany(section => section)]);
        try
        {
            SkillIndexFile.Load(File).Count.ShouldBe(0);
        }
        catch (ConfigurationException)
        {
            // as it should
        }
    }, iter: 300, threads: 1);

    [Fact]
    public void A_newer_version_is_refused_and_not_replaced()
    {
        SkillIndexFile.Save(SkillIndex.Of([TestSkills.Of("tea")]), File);
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), FileHeader.Version + 1);
        System.IO.File.WriteAllBytes(File, bytes);

        Should.Throw<ConfigurationException>(() => SkillIndexFile.Load(File)).Message.ShouldContain("was written by a newer agentrouter (format 3; this one reads 2). Update agentrouter");
        SkillIndexFile.CanBeMadeAgain(File).ShouldBeFalse();
    }

    [Fact]
    public void Another_kind_of_file_is_refused_and_not_replaced()
    {
        System.IO.File.WriteAllText(File, "Dear diary, today I wrote something that is no index.");

        Should.Throw<ConfigurationException>(() => SkillIndexFile.Load(File)).Message.ShouldContain("is no index of skills");
        SkillIndexFile.CanBeMadeAgain(File).ShouldBeFalse();
    }

    [Fact]
    public void Who_is_stopped_while_writing_leaves_the_old_index()
    {
        SkillIndexFile.Save(SkillIndex.Of([TestSkills.Of("tea", "Makes tea")]), File);
        System.IO.File.WriteAllBytes(File + ".999999.tmp", [1, 2, 3]);

        SkillIndexFile.Load(File).Count.ShouldBe(1);
        SkillIndexFile.Save(SkillIndex.Of([TestSkills.Of("tea"), TestSkills.Of("toast")]), File);
        SkillIndexFile.Load(File).Count.ShouldBe(2);
        Directory.GetFiles(_folder).ShouldHaveSingleItem();
    }

    private static (string Id, double Score)[] Found(SkillIndex index, string query) =>
        [.. new SkillRetriever(index).Search(query).Select(match => (match.Skill.Id, Math.Round(match.Score, 4)))];
}
