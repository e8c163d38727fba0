using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace AgentRouter.Bench;

/// <summary>A report in Markdown, with the machine named.</summary>
internal sealed class Report(string name, string title)
{
    private readonly StringBuilder _body = new();

    public Report Text(string line)
    {
        _body.AppendLine(line);
        return this;
    }

    public Report Header(params string[] columns)
    {
        _body.AppendLine();
        Row(columns);
        return Row([.. columns.Select((_, i) => i == 0 ? "---" : "---:")]);
    }

    public Report Row(params string[] cells)
    {
        _body.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");
        return this;
    }

    public async Task WriteAsync(string folder, string command, TimeProvider time)
    {
        string machine = string.Create(CultureInfo.InvariantCulture,
            $"{Processor()}, {Environment.ProcessorCount} logical processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {time.GetUtcNow():yyyy-MM-dd}");
        string text = $"# {title}\n\n{_body}\nMachine: {machine}.\n\n```\n{command}\n```\n";
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, name + ".md"), text).ConfigureAwait(false);
        Console.WriteLine(text);
    }

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        string? line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 1)..].Trim();
    }
}
