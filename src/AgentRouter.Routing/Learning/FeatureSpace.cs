using AgentRouter.Routing.Learning.Text;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Learning;

/// <summary>Turns a task into numbers, the same way in training and in use: hand features (standardised, within ±4), words, group, source.</summary>
internal sealed class FeatureSpace
{
    private const float MostDeviations = 4;

    /// <summary>Makes a space.</summary>
    public FeatureSpace(Vocabulary words, NameIndex groups, NameIndex sources, float[] means, float[] deviations)
    {
        Words = words;
        Groups = groups;
        Sources = sources;
        Means = means;
        Deviations = deviations;
    }

    /// <summary>Gets the words.</summary>
    public Vocabulary Words { get; }

    /// <summary>Gets the groups with enough rows.</summary>
    public NameIndex Groups { get; }

    /// <summary>Gets the sources with enough rows; only rows without a prompt have one.</summary>
    public NameIndex Sources { get; }

    /// <summary>Gets the mean of each hand feature in training.</summary>
    public float[] Means { get; }

    /// <summary>Gets the standard deviation of each hand feature in training; 1 for one that never changes.</summary>
    public float[] Deviations { get; }

    /// <summary>Gets a value indicating whether any training row had a prompt.</summary>
    public bool ReadsText => Words.Prompts > 0;

    /// <summary>Makes the space of a training set.</summary>
    public static FeatureSpace Of(IReadOnlyList<OutcomeRow> rows, SuccessPredictorOptions options)
    {
        var words = Vocabulary.Of(rows.Select(row => row.Prompt), options.LeastPrompts);
        var groups = NameIndex.Of(rows.Select(row => row.Group), options.LeastGroupRows);
        var sources = NameIndex.Of(rows.Where(row => row.Prompt is null).Select(row => RowSource.Of(row.Id).ToString()), options.LeastGroupRows);
        int count = HandFeatures.Names.Count;
        double[] sums = new double[count], squares = new double[count];
        var scan = new PromptScan();
        var hand = new HandFeatures();
        var values = new float[count];
        foreach (OutcomeRow row in rows)
        {
            if (row.Prompt is null)
                continue;
            scan.Read(row.Prompt);
            hand.Read(scan, values);
            for (int i = 0; i < count; i++)
            {
                sums[i] += values[i];
                squares[i] += (double)values[i] * values[i];
            }
        }

        float[] means = new float[count], deviations = new float[count];
        double prompts = Math.Max(1, words.Prompts);
        for (int i = 0; i < count; i++)
        {
            double mean = sums[i] / prompts, variance = squares[i] / prompts - mean * mean;
            means[i] = (float)mean;
            deviations[i] = variance > 1e-10 ? (float)Math.Sqrt(variance) : 1;
        }

        return new FeatureSpace(words, groups, sources, means, deviations);
    }

    /// <summary>Reads a task.</summary>
    /// <param name="prompt">The prompt, or <see langword="null"/>.</param>
    /// <param name="group">The group; empty when there is none.</param>
    /// <param name="id">The row's id, or empty.</param>
    /// <param name="features">What is filled.</param>
    public void Read(string? prompt, ReadOnlySpan<char> group, ReadOnlySpan<char> id, TaskFeatures features)
    {
        features.HasText = prompt is not null && ReadsText;
        features.Group = Groups.Find(group);
        features.Source = features.HasText ? -1 : Sources.Find(RowSource.Of(id));
        if (!features.HasText)
        {
            features.Words.Clear();
            Array.Clear(features.Hand);
            return;
        }

        features.Scan.Read(prompt!);
        features.HandReader.Read(features.Scan, features.Hand);
        for (int i = 0; i < features.Hand.Length; i++)
            features.Hand[i] = Math.Clamp((features.Hand[i] - Means[i]) / Deviations[i], -MostDeviations, MostDeviations);
        Words.Read(features.Scan.Words, features.Words);
    }
}
