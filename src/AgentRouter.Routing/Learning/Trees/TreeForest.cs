namespace AgentRouter.Routing.Learning.Trees;

/// <summary>Trees that each give a row's expected values; the forest gives their mean.</summary>
internal sealed class TreeForest
{
    private readonly int[] _roots;
    private readonly TreeNode[] _nodes;
    private readonly int[] _leafOfNode;
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
        _leafOfNode = new int[_nodes.Length];
        _leaves = new float[trees.Sum(tree => tree.Leaves.Length)];
        int node = 0, leaf = 0;
        for (int t = 0; t < trees.Count; t++)
        {
            _roots[t] = node;
            trees[t].Leaves.CopyTo(_leaves, leaf);
            trees[t].Flatten(_nodes.AsSpan(node), _leafOfNode.AsSpan(node), leaf, outputs);
            node += trees[t].Features.Length;
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
        int[] roots = _roots;
        TreeNode[] nodes = _nodes;
        int t = 0;
        // four trees at a time: while one waits for its node to come from memory, the others go on
        for (; t + 3 < roots.Length; t += 4)
        {
            int a = roots[t], b = roots[t + 1], c = roots[t + 2], d = roots[t + 3];
            while (true)
            {
                int nextA = Next(nodes, row, roots[t], a), nextB = Next(nodes, row, roots[t + 1], b), nextC = Next(nodes, row, roots[t + 2], c), nextD = Next(nodes, row, roots[t + 3], d);
                if (((a ^ nextA) | (b ^ nextB) | (c ^ nextC) | (d ^ nextD)) == 0)
                    break;
                (a, b, c, d) = (nextA, nextB, nextC, nextD);
            }

            Add(a, values);
            Add(b, values);
            Add(c, values);
            Add(d, values);
        }

        for (; t < roots.Length; t++)
        {
            int at = roots[t];
            for (int next = Next(nodes, row, roots[t], at); next != at; next = Next(nodes, row, roots[t], at))
                at = next;
            Add(at, values);
        }

        for (int k = 0; k < values.Length; k++)
            values[k] /= roots.Length;
    }

    // a leaf leads to itself; computed, because the processor cannot guess which side it will be
    private static int Next(TreeNode[] nodes, ReadOnlySpan<float> row, int root, int at)
    {
        TreeNode node = nodes[at];
        int isLarger = row[node.Feature] <= node.Threshold ? 0 : 1;
        int smaller = at + 1;
        return smaller + (-isLarger & (root + node.Next - smaller));
    }

    private void Add(int node, Span<double> values)
    {
        ReadOnlySpan<float> leaf = _leaves.AsSpan(_leafOfNode[node], values.Length);
        for (int k = 0; k < leaf.Length; k++)
            values[k] += leaf[k];
    }
}
