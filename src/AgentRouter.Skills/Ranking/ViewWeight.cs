namespace AgentRouter.Skills.Ranking;

/// <summary>What a view adds to the score of a skill.</summary>
/// <param name="View">The view, by its place in the recipe.</param>
/// <param name="Alpha">How much a word that stands n times in the query counts: n to this power.</param>
/// <param name="Weight">What the best skill of the view gets; the others get their share of it.</param>
/// <param name="RankWeight">What it adds where the list is filled by ranks; 0 for nothing.</param>
internal sealed record ViewWeight(int View, double Alpha, double Weight, double RankWeight = 0);
