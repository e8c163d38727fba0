using System.Globalization;
using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Boundary.Model;
using AgentRouter.Routing.Policies.Boundary.Training;

namespace AgentRouter.Bench.Gym;

/// <summary>Makes an outcome table of executed tasks and trains the boundary table on it.</summary>
internal static class GymTraining
{
    /// <summary>Names the class of a step.</summary>
    public static string ClassName(int look) => "look " + look.ToString("00", CultureInfo.InvariantCulture);

    /// <summary>Trains on the first rows of some tasks.</summary>
    public static BoundaryModel Train(GymTask[] tasks, int rows, int[] solvers, double[] costs, bool isVerified)
    {
        var table = new List<OutcomeRow>();
        foreach ((int number, GymTask task) in tasks.Index())
        {
            // whole tasks only: a cut one would say that tasks are shorter than they are
            if (table.Count > 0 && table.Count + task.Steps.Length > rows)
                break;
            for (int step = 0; step < task.Steps.Length; step++)
            {
                table.Add(new OutcomeRow
                {
                    Id = string.Create(CultureInfo.InvariantCulture, $"{number}/{step}"),
                    Task = number.ToString(CultureInfo.InvariantCulture),
                    Step = step + 1,
                    Group = ClassName(task.Steps[step].Look),
                    Models = solvers.Index().ToDictionary(
                        solver => "solver " + solver.Index.ToString(CultureInfo.InvariantCulture),
                        solver => new ModelOutcome { Score = task.Steps[step].Right[solver.Item] ? 1 : 0, Cost = Money.FromUsd((decimal)costs[solver.Index]) }),
                });
            }
        }

        BoundaryRung[] rungs = [.. solvers.Select((_, i) => new BoundaryRung("solver " + i.ToString(CultureInfo.InvariantCulture), null))];
        return BoundaryTrainer.Train(new OutcomeTable(table), rungs, row => row.Group, isVerified);
    }
}
