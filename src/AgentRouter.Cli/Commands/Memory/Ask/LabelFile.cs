using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Memory.Retrieval;

namespace AgentRouter.Cli.Commands.Memory.Ask;

/// <summary>A file of questions with what answered them, a line each: what <c>memory train</c> learns from.</summary>
internal sealed class LabelFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _file;
    private readonly int[] _useful;

    private LabelFile(string file, int[] useful) => (_file, _useful) = (file, useful);

    /// <summary>Reads what is to be noted.</summary>
    /// <returns><see langword="null"/> where nothing is.</returns>
    /// <exception cref="UsageException">One of the two is missing, or the numbers are none.</exception>
    public static LabelFile? Of(CliContext context, string? useful, string? file)
    {
        if (useful is null != file is null)
            throw new UsageException("--useful and --labels belong together: which pieces answered the question, and the file in which that is noted.");
        if (useful is null)
            return null;
        int[] numbers = [.. useful.Split(',').Select(part => int.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number : throw new UsageException($"--useful is a list of the numbers of pieces, such as 1,3, not '{useful}'."))];
        string path = context.Resolve(file!);
        string folder = Path.GetDirectoryName(path)!;
        return Directory.Exists(folder) ? new LabelFile(path, numbers) : throw new UsageException($"--labels {file}: there is no folder {folder}. Make it, or name a file elsewhere.");
    }

    /// <summary>Adds a line.</summary>
    /// <exception cref="UsageException">So many pieces were not found.</exception>
    public async Task AddAsync(string question, MemoryRecall recall, DateTimeOffset askedAt, CancellationToken cancellationToken)
    {
        if (_useful.FirstOrDefault(number => number > recall.Items.Count) is > 0 and var missing)
            throw new UsageException($"--useful {missing}: only {recall.Items.Count} pieces were found.");
        string line = JsonSerializer.Serialize(new { Question = question, Evidence = _useful.Distinct().Select(number => recall.Items[number - 1].Node.Key), AskedAt = askedAt }, Options);
        await File.AppendAllTextAsync(_file, line + "\n", cancellationToken);
    }
}
