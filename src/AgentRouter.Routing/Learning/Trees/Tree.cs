namespace AgentRouter.Routing.Learning.Trees;

/// <summary>A tree, its nodes from the root down, the smaller side first.</summary>
/// <param name="Features">The feature of each node, below <see cref="TreeNode.MaxFeatures"/>; -1 for a leaf.</param>
/// <param name="Thresholds">The largest value that goes to the smaller side, for each node that is no leaf.</param>
/// <param name="Leaves">The values of each leaf, one leaf after the other.</param>
internal sealed record Tree(int[] Features, float[] Thresholds, float[] Leaves)
{
    /// <summary>Writes the tree's nodes with the places of their larger sides.</summary>
    /// <param name="nodes">Room for the nodes.</param>
    /// <param name="leafOfNode">Room for the place of each leaf's first value.</param>
    /// <param name="firstLeaf">The place of the first leaf's values.</param>
    /// <param name="outputs">The number of values of a leaf.</param>
    public void Flatten(Span<TreeNode> nodes, Span<int> leafOfNode, int firstLeaf, int outputs)
    {
        var open = new Stack<(int Node, int Split)>();
        int splits = 0, leaf = firstLeaf;
        for (int i = 0; i < Features.Length; i++)
        {
            if (Features[i] >= 0)
            {
                open.Push((i, splits++));
                continue;
            }

            nodes[i] = new TreeNode(0, float.NaN, i);
            leafOfNode[i] = leaf;
            leaf += outputs;
            // a leaf ends the smaller side of the last open node
            if (open.TryPop(out (int Node, int Split) parent))
                nodes[parent.Node] = new TreeNode(Features[parent.Node], Thresholds[parent.Split], i + 1);
        }
    }
}
