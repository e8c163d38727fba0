using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies.Boundary;

/// <summary>What the policy remembers of a task: which step it is at, and what was tried at each node without success. Thread-safe.</summary>
/// <remarks>A step, to the policy, is a visit of a node; outside workflows it is an LLM call. When a verification finds the work
/// wrong, the node that is visited again first is the one that was wrong. Visits that are done again do not count as steps.</remarks>
internal sealed class BoundaryMemory
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Node> _nodes = [];
    private int _steps;
    private int _passed;
    private int _failed;
    private bool _isBlamed;

    /// <summary>Notes that an LLM call is about to be routed.</summary>
    /// <param name="step">The step.</param>
    /// <returns>Where the task is.</returns>
    public BoundaryPlace Enter(StepContext step)
    {
        string name = step.Identity.Node ?? "";
        lock (_lock)
        {
            Judge(step.Features.ChecksPassed, step.Features.ChecksFailed);
            if (!_nodes.TryGetValue(name, out Node? node))
                _nodes[name] = node = new Node();
            if (step.Identity.Node is null || !ReferenceEquals(node.Visit, step.Identity))
            {
                node.Visit = step.Identity;
                node.Rung = -1;
                if (node.Suspect == 0)
                    node.Step = ++_steps;
                else if (!_isBlamed)
                    (node.Failed, _isBlamed) = (node.Failed | node.Suspect, true);
                node.Suspect = node.Taken = 0;
            }

            return new BoundaryPlace(node.Step, node.Failed, node.Rung, node.Rung < 0 ? -1 : node.Class);
        }
    }

    /// <summary>Notes which rung works at a node.</summary>
    /// <param name="step">The step.</param>
    /// <param name="rung">The rung.</param>
    /// <param name="stepClass">The class of the visit.</param>
    public void Take(StepContext step, int rung, int stepClass)
    {
        lock (_lock)
        {
            Node node = _nodes[step.Identity.Node ?? ""];
            node.Rung = rung;
            node.Class = stepClass;
            node.Taken |= 1 << rung;
        }
    }

    private void Judge(int passed, int failed)
    {
        _isBlamed &= failed == _failed;
        foreach (Node node in _nodes.Values)
        {
            if (failed > _failed)
                node.Suspect |= node.Taken;
            else if (passed > _passed)
                node.Suspect = node.Failed = node.Taken = 0;
        }

        (_passed, _failed) = (passed, failed);
    }

    private sealed class Node
    {
        public StepIdentity? Visit { get; set; }

        /// <summary>Gets or sets the step the visit is; one that is done again keeps its own.</summary>
        public int Step { get; set; }

        /// <summary>Gets or sets the rung that works in this visit, or -1.</summary>
        public int Rung { get; set; } = -1;

        /// <summary>Gets or sets the class of this visit; it has one once a rung works in it.</summary>
        public int Class { get; set; }

        /// <summary>Gets or sets the rungs that have worked in this visit, as bits.</summary>
        public int Taken { get; set; }

        /// <summary>Gets or sets the rungs whose work was part of what a verification found wrong.</summary>
        public int Suspect { get; set; }

        /// <summary>Gets or sets the rungs whose work here had to be done again.</summary>
        public int Failed { get; set; }
    }
}

/// <summary>Where a task is.</summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="Failed">The rungs whose work at the node had to be done again, as bits.</param>
/// <param name="Rung">The rung that works in this visit already, or -1.</param>
/// <param name="Class">The class of the visit, or -1 where it is still to be found.</param>
internal readonly record struct BoundaryPlace(int Step, int Failed, int Rung, int Class);
