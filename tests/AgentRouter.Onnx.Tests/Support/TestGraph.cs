using Google.Protobuf;

namespace AgentRouter.Onnx.Tests.Support;

/// <summary>Writes tiny ONNX models: the fields of onnx.proto by their numbers.</summary>
internal sealed class TestGraph
{
    public const int Float = 1, Int32 = 6, Int64 = 7, Float16 = 10;

    private const int GraphNode = 1, GraphInitializer = 5, GraphInput = 11, GraphOutput = 12;

    private readonly List<(int Field, byte[] Message)> _parts = [];

    public TestGraph Input(string name, int type = Int64) => Part(GraphInput, Declare(name, type, ["batch", "tokens"]));

    public TestGraph Output(string name, int type, params string[] dimensions) => Part(GraphOutput, Declare(name, type, dimensions));

    /// <summary>A table of numbers, row by row.</summary>
    public TestGraph Table(string name, int columns, params float[] numbers) => Part(GraphInitializer, Message(stream =>
    {
        Number(stream, 1, numbers.Length / columns);
        Number(stream, 1, columns);
        Number(stream, 2, Float);
        Text(stream, 8, name);
        Bytes(stream, 9, numbers.SelectMany(BitConverter.GetBytes).ToArray());
    }));

    public TestGraph Whole(string name, params long[] numbers) => Part(GraphInitializer, Message(stream =>
    {
        Number(stream, 1, numbers.Length);
        Number(stream, 2, Int64);
        Text(stream, 8, name);
        Bytes(stream, 9, numbers.SelectMany(BitConverter.GetBytes).ToArray());
    }));

    public TestGraph Node(string operation, string[] inputs, string output, params (string Name, long Value)[] attributes) => Part(GraphNode, Message(stream =>
    {
        foreach (string input in inputs)
            Text(stream, 1, input);
        Text(stream, 2, output);
        Text(stream, 4, operation);
        foreach ((string name, long value) in attributes)
        {
            Bytes(stream, 5, Message(attribute =>
            {
                Text(attribute, 1, name);
                Number(attribute, 3, value);
                Number(attribute, 20, 2);
            }));
        }
    }));

    public byte[] ToBytes() => Message(model =>
    {
        Number(model, 1, 8);
        Bytes(model, 7, Message(graph =>
        {
            Text(graph, 2, "test");
            foreach ((int field, byte[] message) in _parts)
                Bytes(graph, field, message);
        }));
        Bytes(model, 8, Message(operators =>
        {
            Text(operators, 1, "");
            Number(operators, 2, 17);
        }));
    });

    private static byte[] Declare(string name, int type, string[] dimensions) => Message(value =>
    {
        Text(value, 1, name);
        Bytes(value, 2, Message(kind => Bytes(kind, 1, Message(tensor =>
        {
            Number(tensor, 1, type);
            Bytes(tensor, 2, Message(shape =>
            {
                foreach (string dimension in dimensions)
                    Bytes(shape, 1, Message(length => Text(length, 2, dimension)));
            }));
        }))));
    });

    private TestGraph Part(int field, byte[] message)
    {
        _parts.Add((field, message));
        return this;
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var stream = new CodedOutputStream(bytes))
            write(stream);
        return bytes.ToArray();
    }

    private static void Number(CodedOutputStream stream, int field, long value)
    {
        stream.WriteTag(field, WireFormat.WireType.Varint);
        stream.WriteInt64(value);
    }

    private static void Text(CodedOutputStream stream, int field, string text)
    {
        stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
        stream.WriteString(text);
    }

    private static void Bytes(CodedOutputStream stream, int field, byte[] bytes)
    {
        stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
        stream.WriteBytes(ByteString.CopyFrom(bytes));
    }
}
