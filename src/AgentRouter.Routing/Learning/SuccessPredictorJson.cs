using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.Routing.Learning.Regression;
using AgentRouter.Routing.Learning.Text;
using AgentRouter.Routing.Learning.Trees;
using AgentRouter.Routing.PolicyFiles;

namespace AgentRouter.Routing.Learning;

/// <summary>Writes a predictor as one JSON object and reads it back, number for number. What is read is checked in full before it is used.</summary>
internal static class SuccessPredictorJson
{
    private const string Kind = "success-predictor";
    private const int Version = 1;
    private const int MaxNames = 10_000;
    private const int MaxTrees = 2_000;
    private const int MaxNodes = TreeNode.MaxNodes;

    /// <summary>Writes a predictor.</summary>
    /// <param name="json">Where to; an object is written.</param>
    /// <param name="predictor">The predictor.</param>
    public static void Write(Utf8JsonWriter json, SuccessPredictor predictor)
    {
        FeatureSpace space = predictor.Space;
        json.WriteStartObject();
        json.WriteString("kind", Kind);
        json.WriteNumber("version", Version);
        Texts(json, "models", predictor.Models);
        json.WriteStartObject("features");
        Texts(json, "hand", HandFeatures.Names);
        Numbers(json, "means", space.Means);
        Numbers(json, "deviations", space.Deviations);
        json.WriteNumber("prompts", space.Words.Prompts);
        Numbers(json, "words", space.Words.Hashes);
        Numbers(json, "inPrompts", space.Words.Frequencies);
        Texts(json, "groups", space.Groups.Names);
        Texts(json, "sources", space.Sources.Names);
        json.WriteEndObject();
        json.WriteStartObject("regression");
        Numbers(json, "intercepts", predictor.Regression.Intercepts);
        Numbers(json, "hand", predictor.Regression.Hand);
        Numbers(json, "groups", predictor.Regression.Groups);
        Numbers(json, "sources", predictor.Regression.Sources);
        Numbers(json, "words", predictor.Regression.Words);
        json.WriteEndObject();
        json.WriteStartArray("trees");
        foreach (Tree tree in predictor.Forest.Trees)
        {
            json.WriteStartObject();
            Numbers(json, "features", tree.Features);
            Numbers(json, "thresholds", tree.Thresholds);
            Numbers(json, "leaves", tree.Leaves);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads a predictor.</summary>
    /// <param name="reader">The object that <see cref="Write"/> made.</param>
    /// <exception cref="ConfigurationException">It is no predictor of this version, or it is damaged; the message says where.</exception>
    public static SuccessPredictor Read(PolicyJson reader)
    {
        if (reader.Text("kind") != Kind)
            throw reader.Wrong("kind", $"is not '{Kind}'");
        if (reader.Whole("version", 0, int.MaxValue) is var version && version != Version)
            throw reader.Wrong("version", $"is {version}; this program reads version {Version}");
        string[] models = reader.Names("models", SuccessPredictor.MaxModels);
        if (models.Length == 0)
            throw reader.Wrong("models", "is empty");
        FeatureSpace space = Space(reader.Object("features"));
        RegressionHeads regression = Regression(reader.Object("regression"), space, models.Length);
        return new SuccessPredictor(models, space, regression, Forest(reader, models.Length, space.Means.Length));
    }

    private static FeatureSpace Space(PolicyJson reader)
    {
        if (!reader.Names("hand", MaxNames).SequenceEqual(HandFeatures.Names))
            throw reader.Wrong("hand", "names other features than this program computes");
        int hand = HandFeatures.Names.Count;
        uint[] words = reader.Hashes("words", Vocabulary.MaxTerms);
        int prompts = reader.Whole("prompts", 0, int.MaxValue);
        float[] deviations = reader.Floats("deviations", hand);
        if (Array.Exists(deviations, deviation => deviation <= 0))
            throw reader.Wrong("deviations", "has a number that is not above 0");
        return new FeatureSpace(
            new Vocabulary(words, reader.WholeList("inPrompts", words.Length, 1, Math.Max(1, prompts)), prompts),
            new NameIndex(reader.Names("groups", MaxNames)), new NameIndex(reader.Names("sources", MaxNames)),
            reader.Floats("means", hand), deviations);
    }

    private static RegressionHeads Regression(PolicyJson reader, FeatureSpace space, int models) => new(
        reader.Floats("words", space.Words.Hashes.Length * models),
        reader.Floats("groups", space.Groups.Names.Count * models),
        reader.Floats("sources", space.Sources.Names.Count * models),
        reader.Floats("hand", space.Means.Length * models),
        reader.Floats("intercepts", models));

    private static TreeForest Forest(PolicyJson reader, int models, int features)
    {
        var trees = new List<Tree>();
        int nodes = 0;
        foreach (PolicyJson tree in reader.Objects("trees", MaxTrees))
        {
            int[] splits = tree.WholeList("features", null, -1, features - 1);
            if ((nodes += splits.Length) > MaxNodes)
                throw reader.Wrong("trees", $"has more than {MaxNodes:N0} nodes");
            if (!IsTree(splits))
                throw tree.Wrong("features", "is no tree: its nodes do not close, or it is too deep");
            int inner = splits.Count(split => split >= 0);
            trees.Add(new Tree(splits, tree.Floats("thresholds", inner), tree.Floats("leaves", (splits.Length - inner) * models)));
        }

        return trees.Count > 0 ? new TreeForest(models, trees) : throw reader.Wrong("trees", "is empty");
    }

    // from the root down, the smaller side first: every node that is no leaf opens two sides
    private static bool IsTree(int[] splits)
    {
        var open = new Stack<int>([0]);
        foreach (int split in splits)
        {
            if (!open.TryPop(out int depth) || depth > TreeForestOptions.DeepestDepth)
                return false;
            if (split >= 0)
            {
                open.Push(depth + 1);
                open.Push(depth + 1);
            }
        }

        return open.Count == 0;
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    // a long list of numbers is one line, also where the rest is indented
    private static void Numbers<T>(Utf8JsonWriter json, string name, T[] values)
        where T : struct, IUtf8SpanFormattable
    {
        using var buffer = new MemoryStream();
        buffer.WriteByte((byte)'[');
        Span<byte> number = stackalloc byte[64];
        for (int i = 0; i < values.Length; i++)
        {
            if (i > 0)
                buffer.WriteByte((byte)',');
            values[i].TryFormat(number, out int written, default, System.Globalization.CultureInfo.InvariantCulture);
            buffer.Write(number[..written]);
        }

        buffer.WriteByte((byte)']');
        json.WritePropertyName(name);
        json.WriteRawValue(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), skipInputValidation: true);
    }
}
