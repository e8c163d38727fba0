using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Cli.Commands.Tools.Bench.Judging;
using AgentRouter.Cli.Commands.Tools.Bench.Systems.Playbooks;
using AgentRouter.Cli.Commands.Tools.Bench.Worlds;
using AgentRouter.Expressions;
using AgentRouter.Tools;
using AgentRouter.Tools.Capabilities;

namespace AgentRouter.Cli.Commands.Tools.Bench.Domains;

/// <summary>The repository's moderation: text, image and video of a post are moderated, scored for toxicity, and approved at once or by a person. Costs are the repository's.</summary>
/// <remarks>The rule, which every system knows and the approver keeps: what was not moderated or not scored is not approved at once; a person reviews it, and is told what is missing.</remarks>
internal sealed class MediaDomain : ScenarioDomain
{
    private const string Post = "P-8";
    private const string Score = "score";
    private const double StandInCost = 10;

    private static readonly string[] Moderators = ["text", "image", "video"];
    private static readonly Ending Reviewed = new("in review, without a score", new EndingCall("human"));

    /// <summary>Gets the end in which everything is done at once.</summary>
    public static RightEnd Approved => new(true, "All three parts are moderated and scored, and then the post is approved, once.", $"approve: {Post}") { Branches = [.. Moderators, Score] };

    /// <summary>Gets the end in which a person decides although everything is checked.</summary>
    public static RightEnd InReview => new(true, "All three parts are moderated and scored, and a person gets the post, once.", Review()) { Branches = [.. Moderators, Score] };

    /// <summary>Gets the end without a score.</summary>
    public static RightEnd Unscored => new(false, "All three parts are moderated; nothing is approved without a score, and a person gets the post.", Review(Score)) { Branches = Moderators };

    /// <inheritdoc/>
    public override string Task => $"Moderate post {Post}.";

    /// <inheritdoc/>
    public override JsonObject Facts => new() { ["post"] = Post };

    /// <inheritdoc/>
    public override CapabilityGraph Graph { get; } = new(
        [
            Look("text", "text", "post", 0.2),
            Look("image", "image", "post", 0.3),
            Look("video", "video", "post", 0.5),
            .. Moderators.Select(moderator => Look(moderator + "_unchecked", moderator, "post", StandInCost) with { Tool = Stage.Unchecked }),
            Look("scorer", Score, "text image video", 0.2),
            Act("auto", "decision", "post text image video score", 0.2),
            Act("human", "decision", "post text image video score", 0.5),
            Act("human_unscored", "review", "post text image video", 0.5) with { Tool = "human" },
        ],
        [new CapabilityFact("post", DataType.Text)]);

    /// <inheritdoc/>
    public override CapabilityGoal Goal { get; } = new("decided", ["decision"]) { Lesser = [new LesserGoal(Reviewed.Name, ["review"])] };

    /// <inheritdoc/>
    public override Playbook Playbook { get; } = new(
    [
        .. Moderators.Select(moderator => new Stage(moderator, moderator)),
        new Stage(Score, "scorer") { Lost = Reviewed },
        new Stage("decision", "auto", "human") { Allows = (known, service) => service != "auto" || !Moderators.Any(moderator => IsUnchecked(known[moderator])), Lost = Reviewed },
    ]);

    /// <summary>Gets the end in which a person decides because moderators are out.</summary>
    public static RightEnd InReviewWithout(params string[] lost) => new(
        true, "What can be moderated is, and is scored; nothing is approved at once, and a person gets the post with what was not checked.", Review(lost))
    { Branches = [.. Moderators.Except(lost), Score] };

    /// <inheritdoc/>
    public override void Open(World world)
    {
        foreach (string moderator in Moderators)
        {
            world.Open(moderator, (string post) =>
            {
                world.Looked(moderator, moderator);
                return "clean";
            });
        }

        world.Open(Stage.Unchecked, () => Stage.Unchecked);
        world.Open("scorer", (string text, string image, string video) =>
        {
            world.Looked("scorer", Score);
            return 0.1;
        });
        world.Open("auto", (string post, string text, string image, string video, double score) =>
        {
            if (new[] { text, image, video }.Contains(Stage.Unchecked))
                throw new ToolException("Not everything was moderated; a person must look at it.");
            world.Did("auto", "approve: " + post);
            return "approved";
        });
        world.Open("human", (string post, string text, string image, string video, double? score = null) =>
        {
            IEnumerable<string> lost = Moderators.Zip([text, image, video]).Where(part => part.Second == Stage.Unchecked).Select(part => part.First);
            world.Did("human", Review([.. lost, .. score is null ? [Score] : Array.Empty<string>()]));
            return "in review";
        });
    }

    private static bool IsUnchecked(JsonNode? verdict) => verdict?.GetValueKind() == JsonValueKind.String && verdict.GetValue<string>() == Stage.Unchecked;

    private static string Review(params string[] lost) => lost.Length == 0 ? $"review: {Post}" : $"review: {Post}, unchecked: {string.Join(", ", lost)}";
}
