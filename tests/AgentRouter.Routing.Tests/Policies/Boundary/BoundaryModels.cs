using AgentRouter.Routing.Policies.Boundary.Model;

namespace AgentRouter.Routing.Tests.Policies.Boundary;

/// <summary>Small boundary models made by hand.</summary>
internal static class BoundaryModels
{
    public static BoundaryModel Of(bool verified, BoundaryClass[] classes, double[] hazard)
    {
        double shares = classes.Sum(of => of.Share);
        string[] names = ["small-1", "medium-1", "large-1"];
        int rungs = classes[0].Costs.Count;
        return new BoundaryModel
        {
            Rungs = [.. Enumerable.Range(0, rungs).Select(rung => new BoundaryRung(names[rung == rungs - 1 ? 2 : rung], null))],
            Classes = [.. classes.Select(of => of with { Share = of.Share / shares })],
            Hazard = hazard,
            IsVerified = verified,
        };
    }

    /// <summary>A task of one step with models that cost 1 and 5; the shares say which of them are right.</summary>
    public static BoundaryModel OneStep(bool verified, double none, double small, double large, double both) =>
        Of(verified, [Class("other", none, small, large, both)], [1]);

    public static BoundaryClass Class(string name, double none, double small, double large, double both, double unit = 1, double calls = 1) => new()
    {
        Name = name,
        Share = 1,
        Rows = 100,
        Outcomes = [none, small, large, both],
        Costs = [[unit], [5 * unit]],
        Calls = [calls, calls],
    };
}
