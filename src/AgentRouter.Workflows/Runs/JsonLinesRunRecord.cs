using System.Text;
using AgentRouter.Events;

namespace AgentRouter.Workflows.Runs;

/// <summary>Appends whole lines to a file.</summary>
/// <remarks>A line goes to the operating system in one write, before the task is done, so that it survives the end of the
/// process; the end of the run is forced to the disk. A write that fails in the middle is taken back.</remarks>
internal sealed class JsonLinesRunRecord : IRunRecord
{
    private readonly FileStream _file;
    private byte[] _line = new byte[4_096];

    public JsonLinesRunRecord(string path) =>
        // no buffer: the line is the buffer
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);

    public ValueTask AppendAsync(RunEvent runEvent, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string json = RunEventJson.Serialize(runEvent);
        int most = Encoding.UTF8.GetMaxByteCount(json.Length) + 1;
        if (_line.Length < most)
            _line = new byte[most];
        int length = Encoding.UTF8.GetBytes(json, _line);
        _line[length++] = (byte)'\n';
        long before = _file.Position;
        try
        {
            _file.Write(_line, 0, length);
            if (runEvent is RunEnded)
                _file.Flush(flushToDisk: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TakeBack(before);
            throw exception as IOException ?? new IOException(exception.Message, exception);
        }

        return default;
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private void TakeBack(long length)
    {
        try
        {
            _file.SetLength(length);
            _file.Position = length;
        }
        catch (IOException)
        {
            // the line stays torn; readers leave a torn last line out
        }
    }
}
