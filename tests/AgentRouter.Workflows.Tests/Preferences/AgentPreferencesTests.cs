using AgentRouter.Configuration;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Preferences;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Workflows.Tests.Preferences;

public sealed class AgentPreferencesTests : IDisposable
{
    private static readonly Money Cent = Money.FromUsd(0.01m);

    private readonly string _folder = Directory.CreateTempSubdirectory("agentrouter-preferences-").FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private string StateFile => Path.Join(_folder, "preferences.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_preference_goes_up_with_right_work_and_down_with_wrong_work()
    {
        AgentPreferences table = Table();

        Of(table, "coder").ShouldBe(0.5);
        table.Learn("bugs", "triage", "coder", right: true, Cent);
        Of(table, "coder").ShouldBe(0.55, 1e-9);
        table.Learn("bugs", "triage", "coder", right: false, Cent);
        Of(table, "coder").ShouldBe(0.495, 1e-9);
        Of(table, "researcher").ShouldBe(0.5, "only what was used is worn off");
    }

    [Fact]
    public void Right_work_counts_for_more_the_cheaper_it_is_beside_the_others()
    {
        AgentPreferences table = Table();
        table.Learn("bugs", "triage", "cheap", right: true, Cent);
        table.Learn("bugs", "triage", "dear", right: true, Money.FromUsd(0.03m));

        // the mean is 2 cents: 2 / (1.5 + 1)
        Of(table, "dear").ShouldBe(0.5 + (0.8 - 0.5) * 0.1, 1e-9);
        table.Learn("bugs", "triage", "cheap", right: true, Cent);
        // 2 / (0.5 + 1)
        Of(table, "cheap").ShouldBe(0.55 + (4.0 / 3 - 0.55) * 0.1, 1e-9);
    }

    [Fact]
    public void With_time_a_preference_goes_back_to_where_it_began()
    {
        AgentPreferences table = Table();
        table.Learn("bugs", "triage", "coder", right: true, Cent);
        table.Learn("bugs", "triage", "researcher", right: false, Cent);

        _clock.Advance(TimeSpan.FromDays(30));
        Of(table, "coder").ShouldBe(0.525, 1e-9);
        Of(table, "researcher").ShouldBe(0.475, 1e-9);
        table.Learn("bugs", "triage", "coder", right: true, Cent);
        Of(table, "coder").ShouldBe(0.5725, 1e-9, "what was worn off stays off");
        _clock.Advance(TimeSpan.FromDays(3_000));
        Of(table, "coder").ShouldBe(0.5, 1e-6);
    }

    [Fact]
    public void A_preference_stays_between_0_and_2_whatever_happens()
    {
        Gen.Select(Gen.Bool, Gen.Int[0, 100_000], Gen.Int[0, 2], Gen.Int[0, 100]).List[1, 60].Sample(uses =>
        {
            AgentPreferences table = Table();
            foreach ((bool right, int microdollars, int agent, int days) in uses)
            {
                _clock.Advance(TimeSpan.FromDays(days));
                table.Learn("bugs", "triage", $"agent{agent}", right, Money.FromUsd(microdollars / 1_000_000m));
            }

            table.List().ShouldAllBe(row => row.Preference >= 0 && row.Preference <= 2 && row.Usd >= 0);
        }, iter: 50, threads: 1);
    }

    [Fact]
    public void A_file_holds_what_was_learned_one_preference_a_line()
    {
        AgentPreferences table = Table(StateFile);
        table.Choose("bugs", "triage", "coder");
        table.Learn("bugs", "triage", "coder", right: true, Cent);
        table.Learn("a \"kind\"", "triage", "skip", right: false, Money.Zero);

        File.ReadAllText(StateFile).ShouldBe(
            """
            { "format": "agentrouter.preferences", "version": 1, "preferences": [
            {"kind":"a \"kind\"","from":"triage","to":"skip","preference":0.225,"chosen":0,"right":0,"wrong":1,"usd":0,"at":"2026-01-02T03:04:05+00:00"},
            {"kind":"bugs","from":"triage","to":"coder","preference":0.55,"chosen":1,"right":1,"wrong":0,"usd":0.01,"at":"2026-01-02T03:04:05+00:00"}
            ] }

            """);
        Table(StateFile).List().ShouldBe(table.List());
    }

    [Fact]
    public void The_least_recently_used_preference_makes_room()
    {
        AgentPreferences table = Table();
        for (int i = 0; i <= PreferenceDefaults.MostRemembered; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            table.Choose($"kind {i}", "triage", "coder");
        }

        table.List().Count.ShouldBe(PreferenceDefaults.MostRemembered);
        table.List().ShouldNotContain(row => row.Kind == "kind 0");
    }

    [Theory]
    [InlineData("nonsense", "it is not JSON")]
    [InlineData("[]", "its 'format' is not 'agentrouter.preferences'")]
    [InlineData("{\"format\": \"agentrouter.bandit\"}", "its 'format' is not 'agentrouter.preferences'")]
    [InlineData("{\"format\": \"agentrouter.preferences\", \"version\": 2, \"preferences\": []}", "its 'version' is not 1: another version of AgentRouter wrote it")]
    [InlineData("{\"format\": \"agentrouter.preferences\", \"version\": 1}", "it has no list 'preferences'")]
    [InlineData("{\"format\": \"agentrouter.preferences\", \"version\": 1, \"preferences\": [7]}", "preference 1 needs kind, from and to, a preference from 0 to 2,")]
    [InlineData("{\"format\": \"agentrouter.preferences\", \"version\": 1, \"preferences\": [GOOD, {\"kind\": \"a\"}]}", "preference 2 needs")]
    [InlineData("{\"format\": \"agentrouter.preferences\", \"version\": 1, \"preferences\": [GOOD, GOOD]}", "preference 2 is there twice: kind 'k', from 'f', to 't'")]
    [InlineData("{\"format\": \"agentrouter.preferences\", \"version\": 1, \"preferences\": [BIG]}", "preference 1 needs")]
    [InlineData("{\"format\": \"agentrouter.preferences\", \"version\": 1, \"preferences\": [NULL]}", "preference 1 needs")]
    public void A_file_that_is_not_right_is_refused_with_what_to_do(string text, string problem)
    {
        const string Good = """{"kind":"k","from":"f","to":"t","preference":0.5,"chosen":1,"right":1,"wrong":0,"usd":0.1,"at":"2026-01-02T03:04:05Z"}""";
        File.WriteAllText(StateFile, text
            .Replace("GOOD", Good, StringComparison.Ordinal)
            .Replace("BIG", Good.Replace("0.5", "1e300", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("NULL", Good.Replace("\"k\"", "null", StringComparison.Ordinal), StringComparison.Ordinal));

        string message = Should.Throw<ConfigurationException>(() => Table(StateFile)).Message;

        message.ShouldStartWith($"{StateFile} cannot be the preferences of agents: {problem}");
        message.ShouldEndWith("Restore the file, name another, or delete it to start anew.");
    }

    private AgentPreferences Table(string? path = null) => new(path, _clock);

    private static double Of(AgentPreferences table, string agent) => table.Of("bugs", "triage", [agent]).Preferences[0];
}
