using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.JsonLines;
using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Storage.Exchange;

/// <summary>Reads an export line by line.</summary>
internal static class ImportFile
{
    /// <summary>Reads the lines between the first and the last, which are checked.</summary>
    /// <exception cref="ConfigurationException">The file is no export, damaged or cut off.</exception>
    public static async IAsyncEnumerable<ImportLine> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool isFirst = true, isEnded = false;
        long nodes = 0, edges = 0;
        string last = path;
        await foreach ((JsonElement line, string location) in JsonLinesFile.ReadAsync(path, cancellationToken).ConfigureAwait(false))
        {
            var read = new ImportLine(line, location);
            last = location;
            if (isEnded)
                throw read.Wrong("the export has ended before this line. Get it again");
            if (isFirst)
            {
                read.RequireHeader();
                isFirst = false;
                continue;
            }

            if (read.IsEnd)
            {
                read.RequireEnd(nodes, edges);
                isEnded = true;
                continue;
            }

            if (read.IsEdge)
                edges++;
            else if (!read.IsMark)
                nodes++;
            yield return read;
        }

        if (isFirst)
            throw new ConfigurationException($"{path}: the file is empty. Name a file that an export has written.");
        if (!isEnded)
            throw new ConfigurationException($"{last}: the export is cut off: a last line such as {{\"end\":{{\"nodes\":12,\"edges\":30}}}} is missing. Get it again. Nothing was imported.");
    }

    /// <summary>Checks every line, and that what it names came before.</summary>
    /// <exception cref="ConfigurationException">Something is wrong; the message says where.</exception>
    public static async Task CheckAsync(string path, CancellationToken cancellationToken)
    {
        var known = new HashSet<NodeKey>();
        await foreach (ImportLine line in ReadAsync(path, cancellationToken).ConfigureAwait(false))
        {
            if (line.IsEdge)
            {
                NewEdge edge = line.Edge();
                Require(line, known, edge.From);
                Require(line, known, edge.To);
                continue;
            }

            if (line.IsMark)
            {
                (NodeKey learnedFrom, _, NodeKey? upTo) = line.Mark();
                Require(line, known, learnedFrom);
                if (upTo is { } last)
                    Require(line, known, last);
                continue;
            }

            (NewNode node, string? source) = line.Node();
            if (source is not null)
                Require(line, known, new NodeKey(MemoryNodeKind.Source, source));
            if (!known.Add(new NodeKey(node.Node.Kind, node.Node.Key)))
                throw line.Wrong($"there is a {ExchangeWords.Of(node.Node.Kind)} '{node.Node.Key}' already");
        }
    }

    private static void Require(ImportLine line, HashSet<NodeKey> known, NodeKey node)
    {
        if (!known.Contains(node))
            throw line.Wrong($"the {ExchangeWords.Of(node.Kind)} '{node.Key}' does not come before");
    }
}
