using AgentRouter.Skills.Sources;
using AgentRouter.Skills.Tests.Support;

namespace AgentRouter.Skills.Tests.Sources;

public sealed class FolderSkillSourceTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_skill_has_what_its_file_says()
    {
        string file = _folder.Write("tools/make-tea/SKILL.md", """
            ---
            name: make-tea
            description: >-
              Makes tea. Use when somebody is
              thirsty.
            license: MIT
            compatibility: Needs a kettle
            metadata: { author: me, version: "1.0" }
            allowed-tools: Read Bash(git add:*), Write
            ---

            # Tea

            Boil water.
            """);
        FolderSkillSource source = _folder.Source();

        SkillReading reading = source.Read(source.List().Single());

        reading.Problems.ShouldBeEmpty();
        Skill skill = reading.Skill.ShouldNotBeNull();
        skill.Name.ShouldBe("make-tea");
        skill.Description.ShouldBe("Makes tea. Use when somebody is thirsty.");
        skill.Body.ShouldBe("# Tea\n\nBoil water.");
        skill.License.ShouldBe("MIT");
        skill.Compatibility.ShouldBe("Needs a kettle");
        skill.Metadata.ShouldBe(new Dictionary<string, string> { ["author"] = "me", ["version"] = "1.0" });
        skill.AllowedTools.ShouldBe(["Read", "Bash(git add:*)", "Write"]);
        skill.Id.ShouldBe(file);
        skill.Folder.ShouldBe(Path.GetDirectoryName(file));
    }

    [Fact]
    public void Bundled_files_are_listed_when_asked_and_belong_to_the_skill()
    {
        _folder.With("make-tea").Write("make-tea/scripts/boil.sh", "true");
        _folder.Write("make-tea/inner/SKILL.md", TestSkills.File("inner"));
        FolderSkillSource source = _folder.Source();

        Skill skill = source.Read(source.List().Single()).Skill!;

        BundledFiles.Of(skill).ShouldBe(["inner/SKILL.md", "scripts/boil.sh"]);
        BundledFiles.Of(TestSkills.Of("from-code")).ShouldBeEmpty();
    }

    [Fact]
    public void One_bad_skill_is_named_with_its_place_and_the_rest_stays()
    {
        _folder.With("good").With("no-header", "# Just text\n").With("open-ended", "---\nname: open-ended\n")
            .With("broken", "---\nname: broken\ndescription: use when: now\n---\nText\n")
            .With("nameless", "---\ndescription: Something\n---\nText\n")
            .With("endless", TestSkills.File(new string('x', 65)))
            .With("silent", "---\nname: silent\ndescription:\n---\nText\n")
            .With("aliased", "---\nname: &a aliased\ndescription: *a\n---\nText\n")
            .With("listed", "---\n- name\n---\nText\n");

        (string[] names, string[] problems) = _folder.Read();

        names.ShouldBe(["good"]);
        problems.ShouldBe(
        [
            "aliased/SKILL.md:3:14: error: The front matter is not YAML: aliases are not supported; write the value out.",
            "broken/SKILL.md:3:22: error: The front matter is not YAML: While scanning a plain scalar value, found invalid mapping. Quote a value that holds ': ' or begins with a sign.",
            "endless/SKILL.md:2:7: error: 'name' has at most 64 characters on one line, but is '" + new string('x', 60) + "…'.",
            "listed/SKILL.md:2:1: error: The front matter must be lines of 'key: value'.",
            "nameless/SKILL.md:2:1: error: The front matter has no 'name'. Add a line 'name: …'.",
            "no-header/SKILL.md:1:1: error: The file begins with no front matter. Begin it with a line of three hyphens, 'name: …', 'description: …', and three hyphens again.",
            "open-ended/SKILL.md:1:1: error: The front matter does not end. End it with a line of three hyphens.",
            "silent/SKILL.md:3:13: error: 'description' must be a text that is not empty, but is ''.",
        ]);
    }

    [Fact]
    public void Files_that_are_no_text_or_too_long_are_named_and_not_read()
    {
        _folder.With("good");
        Directory.CreateDirectory(_folder.At("huge"));
        using (FileStream huge = File.Create(_folder.At("huge/SKILL.md")))
            huge.SetLength(50_000_000);
        Directory.CreateDirectory(_folder.At("binary"));
        File.WriteAllBytes(_folder.At("binary/SKILL.md"), [0x7F, (byte)'E', (byte)'L', (byte)'F', 0xFF, 0xFE, 0]);
        _folder.Write("zeros/SKILL.md", "---\nname: zeros\ndescription: a\0b\n---\n");
        _folder.Write("empty/SKILL.md", "");

        (string[] names, string[] problems) = _folder.Read();

        names.ShouldBe(["good"]);
        problems.ShouldBe(
        [
            "binary/SKILL.md:1:1: error: The file is not UTF-8 text.",
            "empty/SKILL.md:1:1: error: The file is empty, or no regular file.",
            "huge/SKILL.md:1:1: error: The file has 50,000,000 bytes; at most 1,048,576 are read. Move what is long into files beside it.",
            "zeros/SKILL.md:1:1: error: The file is not UTF-8 text.",
        ]);
    }

    [Fact]
    public void What_is_odd_but_usable_is_a_warning()
    {
        _folder.With("odd", "---\nname: odd\ndescription: Odd.\ncompatability: all\nmetadata: none\nmodel: any\n---\n");

        (string[] names, string[] problems) = _folder.Read();

        names.ShouldBe(["odd"]);
        problems.ShouldBe(
        [
            "odd/SKILL.md:4:1: warning: The format has no key 'compatability'. Did you mean 'compatibility'?",
            "odd/SKILL.md:2:1: warning: The file has no instructions behind the front matter.",
            "odd/SKILL.md:5:11: warning: 'metadata' must be lines of 'key: value'; it was left out.",
        ]);
    }

    [Fact]
    public void A_skill_that_only_breaks_the_format_is_used_with_a_warning()
    {
        _folder.With("folder-name", TestSkills.File("other-name"))
            .With("shouting", TestSkills.File("SHOUTING"))
            .With("talkative", TestSkills.File("talkative", new string('x', 1_025)));

        (string[] names, string[] problems) = _folder.Read();

        names.ShouldBe(["other-name", "SHOUTING", "talkative"]);
        problems.ShouldBe(
        [
            "folder-name/SKILL.md:2:7: warning: The skill is named 'other-name', but its folder 'folder-name'. Give both the same name.",
            "shouting/SKILL.md:2:7: warning: 'name' is made of lower-case letters, digits and single hyphens between them, but is 'SHOUTING'.",
            "talkative/SKILL.md:3:14: warning: 'description' has 1,025 characters; the format allows 1,024. Models are shown no more than these.",
        ]);
    }

    [Fact]
    public void Links_in_a_circle_end_and_a_linked_skill_is_found_once()
    {
        _folder.Write("library/good/SKILL.md", TestSkills.File("good"));
        _folder.Write("elsewhere/linked/SKILL.md", TestSkills.File("linked"));
        Directory.CreateSymbolicLink(_folder.At("library/up"), _folder.At("library"));
        Directory.CreateSymbolicLink(_folder.At("library/self"), _folder.At("library/self"));
        Directory.CreateSymbolicLink(_folder.At("library/linked"), _folder.At("elsewhere/linked"));
        Directory.CreateSymbolicLink(_folder.At("library/linked-again"), _folder.At("elsewhere/linked"));
        File.CreateSymbolicLink(_folder.At("library/good/secret.txt"), "/etc/hostname");
        var source = new FolderSkillSource(_folder.At("library"));

        Skill?[] skills = [.. source.List().Select(source.Read).Select(reading => reading.Skill)];

        skills.OfType<Skill>().Select(skill => skill.Name).ShouldBe(["good", "linked"]);
        BundledFiles.Of(skills[0]!).ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_that_is_a_skill_is_a_source_of_one()
    {
        _folder.With("only");

        new FolderSkillSource(_folder.At("only")).List().Count().ShouldBe(1);
        Should.Throw<DirectoryNotFoundException>(() => new FolderSkillSource(_folder.At("nowhere"))).Message.ShouldContain("nowhere");
    }

    [Fact]
    public void Windows_line_ends_and_byte_order_marks_are_read_as_anything_else()
    {
        _folder.With("windows", "\uFEFF" + TestSkills.File("windows").ReplaceLineEndings("\r\n"));

        _folder.Read().ShouldSatisfyAllConditions(read => read.Names.ShouldBe(["windows"]), read => read.Problems.ShouldBeEmpty());
    }

    [Fact]
    public async Task Skills_from_code_are_a_source_too()
    {
        var source = new CodeSkillSource("built in", TestSkills.Of("one"), TestSkills.Of("two"));

        List<SkillListing> listed = await source.ListAsync().ToListAsync();

        listed.Select(listing => listing.Id).ShouldBe(["one", "two"]);
        (await source.ReadAsync(listed[1])).Skill!.Name.ShouldBe("two");
        (await source.ReadAsync(new SkillListing("three", ""))).Problems.Single().Message.ShouldBe("The source 'built in' has no such skill.");
    }
}
