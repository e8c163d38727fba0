namespace AgentRouter.Routing.Learning.Trees;

/// <summary>A tree, its nodes from the root down, the smaller side first.</summary>
/// <param name="Features">The feature of each node; -1 for a leaf.</param>
/// <param name="Thresholds">The largest value that goes to the smaller side, for each node that is no leaf.</param>
/// <param name="Leaves">The values of each leaf, one leaf after the other.</param>
internal sealed record Tree(int[] Features, float[] Thresholds, float[] Leaves)
{
    /// <summary>Writes the tree's nodes with the places of their larger sides.</summary>
    /// <returns>The place after the last node.</returns>
    public int Flatten(TreeNode[] nodes, int first, int firstLeaf, int outputs)
    {
        var open = new Stack<int>();
        int split = 0, leaf = firstLeaf;
        for (int i = 0; i < Features.Length; i++)
        {
            int at = first + i;
            if (Features[i] >= 0)
            {
                nodes[at] = new TreeNode { Feature = Features[i], Threshold = Thresholds[split++] };
                open.Push(at);
                continue;
            }

            nodes[at] = new TreeNode { Feature = -1, Next = leaf };
            leaf += outputs;
            // a leaf ends the smaller side of the last open node
            if (open.TryPop(out int parent))
                nodes[parent].Next = at + 1;
        }

        return first + Features.Length;
    }
}
