using System.Security.Cryptography;
using System.Text.Json;

namespace AgentRouter.CrashWorker.Work;

/// <summary>The files of a case.</summary>
public sealed class CaseFiles(string folder)
{
    /// <summary>The id of the run.</summary>
    public const string RunId = "run-1";

    /// <summary>The name of the file with the result of a job.</summary>
    public const string Result = "result.json";

    /// <summary>Gets the folder of the store.</summary>
    public string Store => Path.Combine(folder, "store");

    /// <summary>Gets the folder that the workspace tools work on.</summary>
    public string Workspace => Path.Combine(folder, "workspace");

    /// <summary>Gets what the provider answered, a bill each.</summary>
    public LineLog Bills { get; } = new(Path.Combine(folder, "bills.jsonl"));

    /// <summary>Gets what tools did that must not be done twice, a line each.</summary>
    public LineLog Effects { get; } = new(Path.Combine(folder, "effects.log"));

    /// <summary>Reads the bills.</summary>
    public IReadOnlyList<Bill> ReadBills() => [.. Bills.Read().Select(line => JsonSerializer.Deserialize<Bill>(line)!)];

    /// <summary>Gets the hash of each file of the workspace, by its path.</summary>
    public SortedDictionary<string, string> HashWorkspace()
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!Directory.Exists(Workspace))
            return hashes;
        foreach (string file in Directory.EnumerateFiles(Workspace, "*", SearchOption.AllDirectories))
            hashes[Path.GetRelativePath(Workspace, file)] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
        return hashes;
    }

    /// <summary>Reads the result of the last job that wrote one; <see langword="null"/> before that.</summary>
    public CrashResult? ReadResult(string name = Result) =>
        Path.Combine(folder, name) is var file && File.Exists(file) ? JsonSerializer.Deserialize<CrashResult>(File.ReadAllText(file)) : null;

    /// <summary>Writes a result.</summary>
    public void WriteResult(string name, CrashResult result) => File.WriteAllText(Path.Combine(folder, name), JsonSerializer.Serialize(result));
}

/// <summary>One answered call, as the provider knows it.</summary>
/// <param name="Id">The id of the answer.</param>
/// <param name="Model">The model.</param>
/// <param name="Input">Prompt tokens, cached ones included.</param>
/// <param name="Cached">Prompt tokens read from the cache.</param>
/// <param name="Output">Produced tokens.</param>
/// <param name="Picodollars">What it costs, by the prices of the model.</param>
public sealed record Bill(string Id, string Model, long Input, long Cached, long Output, long Picodollars);
