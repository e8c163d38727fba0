using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Cli.Commands.Tools.Bench.Judging;
using AgentRouter.Cli.Commands.Tools.Bench.Systems.Playbooks;
using AgentRouter.Cli.Commands.Tools.Bench.Worlds;
using AgentRouter.Expressions;
using AgentRouter.Tools;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Monitors;

namespace AgentRouter.Cli.Commands.Tools.Bench.Domains;

/// <summary>The paper's moderation: five classifiers look at a post, and all that are not out must have; then it is published, or held for a person.</summary>
/// <remarks>The rule, which every system knows and the publisher keeps: all five checked, it is published; one or two not, it is published with limited reach and says what
/// was not checked; three or more not, or a toxicity above 0.9, it is held for review.</remarks>
/// <param name="toxicity">What the toxicity classifier says, 0 to 1.</param>
internal sealed class PostDomain(double toxicity = 0.1) : ScenarioDomain
{
    private const string Post = "P-7";
    private const string Hold = "hold: " + Post;
    private const int MostLost = 2;
    private const decimal MostToxic = 0.9m;
    private const double StandInCost = 10;

    private static readonly string[] Classifiers = ["image", "text", "history", "toxicity", "spam"];
    private static readonly Ending Held = new("held for review", new EndingCall("hold"));

    /// <summary>Gets the end in which everything is done.</summary>
    public static RightEnd Published => new(true, "All five classifiers have looked, and then the post is published, once.", $"publish: {Post}") { Branches = Classifiers };

    /// <inheritdoc/>
    public override string Task => $"Moderate and publish post {Post}.";

    /// <inheritdoc/>
    public override JsonObject Facts => new() { ["post"] = Post };

    /// <inheritdoc/>
    public override CapabilityGraph Graph { get; } = new(
        [
            .. Classifiers.Select(classifier => Look(classifier, classifier, "post")),
            .. Classifiers.Select(classifier => Look(classifier + "_unchecked", classifier, "post", StandInCost) with { Tool = "unchecked" }),
            Act("publisher", "publication", "post " + string.Join(' ', Classifiers)) with { Amount = "toxicity" },
            Act("hold", "review", "post"),
        ],
        [new CapabilityFact("post", DataType.Text)]);

    /// <inheritdoc/>
    public override CapabilityGoal Goal { get; } = new("moderated", [.. Classifiers, "publication"]) { Lesser = [new LesserGoal(Held.Name, [.. Classifiers, "review"])] };

    /// <inheritdoc/>
    public override IReadOnlyList<IToolMonitor> Monitors => [.. ToolMonitor.Defaults().Where(monitor => monitor is not RiskMonitor), new RiskMonitor(new RiskMonitorOptions { MaxAmount = MostToxic })];

    /// <inheritdoc/>
    public override Playbook Playbook { get; } = new(
    [
        .. Classifiers.Select(classifier => new Stage(classifier, classifier)),
        new Stage("publication", "publisher") { Before = known => IsToHold(known) ? Held : null, Lost = Held },
    ]);

    /// <summary>Gets the end in which one or two classifiers are out.</summary>
    public static RightEnd Limited(params string[] lost) => new(
        true, "The classifiers that are not out have looked; the post is published with limited reach, and says what was not checked.", Publication(lost))
    { Branches = [.. Classifiers.Except(lost)] };

    /// <summary>Gets the end in which a person has to look.</summary>
    public static RightEnd HeldWithout(params string[] lost) => new(
        false, "The classifiers that are not out have looked; nothing is published, and the post is held for review.", Hold)
    { Branches = [.. Classifiers.Except(lost)] };

    /// <inheritdoc/>
    public override void Open(World world)
    {
        foreach (string classifier in Classifiers)
        {
            world.Open(classifier, (string post) =>
            {
                world.Looked(classifier, classifier);
                return classifier == "toxicity" ? toxicity : 0.1;
            });
        }

        world.Open(Stage.Unchecked, () => Stage.Unchecked);
        world.Open("publisher", (string post, JsonElement image, JsonElement text, JsonElement history, JsonElement toxicity, JsonElement spam) =>
        {
            string[] lost = [.. Classifiers.Zip([image, text, history, toxicity, spam]).Where(part => part.Second.ValueKind != JsonValueKind.Number).Select(part => part.First)];
            if (lost.Length > MostLost)
                throw new ToolException($"Not checked: {string.Join(", ", lost)}. That is too much to publish; hold the post for review.");
            world.Did("publisher", Publication(lost));
            return "published";
        });
        world.Open("hold", (string post) =>
        {
            world.Did("hold", "hold: " + post);
            return "held";
        });
    }

    private static bool IsToHold(JsonObject known) =>
        Classifiers.Count(classifier => known[classifier]!.GetValueKind() != JsonValueKind.Number) > MostLost
        || (known["toxicity"]!.GetValueKind() == JsonValueKind.Number && known["toxicity"]!.GetValue<decimal>() > MostToxic);

    private static string Publication(params string[] lost) => lost.Length == 0 ? $"publish: {Post}" : $"publish with limited reach: {Post}, unchecked: {string.Join(", ", lost)}";
}
