namespace AgentRouter.Routing.Learning.Trees;

/// <summary>Trees that each give a row's expected values; the forest gives their mean.</summary>
internal sealed class TreeForest
{
    private readonly int[] _roots;
    private readonly TreeNode[] _nodes;
    private readonly float[] _leaves;

    /// <summary>Makes a forest of trees.</summary>
    /// <param name="outputs">The number of values of a leaf.</param>
    /// <param name="trees">The trees.</param>
    public TreeForest(int outputs, IReadOnlyList<Tree> trees)
    {
        Outputs = outputs;
        Trees = trees;
        _roots = new int[trees.Count];
        _nodes = new TreeNode[trees.Sum(tree => tree.Features.Length)];
        _leaves = new float[trees.Sum(tree => tree.Leaves.Length)];
        int node = 0, leaf = 0;
        for (int t = 0; t < trees.Count; t++)
        {
            _roots[t] = node;
            trees[t].Leaves.CopyTo(_leaves, leaf);
            node = trees[t].Flatten(_nodes, node, leaf, outputs);
            leaf += trees[t].Leaves.Length;
        }
    }

    /// <summary>Gets the number of values of a leaf.</summary>
    public int Outputs { get; }

    /// <summary>Gets the trees.</summary>
    public IReadOnlyList<Tree> Trees { get; }

    /// <summary>Predicts the values of a row.</summary>
    /// <param name="row">The features.</param>
    /// <param name="values">Room for the values.</param>
    public void Predict(ReadOnlySpan<float> row, Span<double> values)
    {
        values.Clear();
        TreeNode[] nodes = _nodes;
        foreach (int root in _roots)
        {
            int at = root;
            while (nodes[at].Feature >= 0)
                at = row[nodes[at].Feature] <= nodes[at].Threshold ? at + 1 : nodes[at].Next;
            ReadOnlySpan<float> leaf = _leaves.AsSpan(nodes[at].Next, Outputs);
            for (int k = 0; k < leaf.Length; k++)
                values[k] += leaf[k];
        }

        for (int k = 0; k < values.Length; k++)
            values[k] /= _roots.Length;
    }
}

/// <summary>A node of a forest: the smaller side follows it; Next is the larger side, or the first value of a leaf.</summary>
internal struct TreeNode
{
    public float Threshold;
    public int Feature;
    public int Next;
}
