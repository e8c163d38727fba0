using System.Text;
using Google.Protobuf;

namespace AgentRouter.Onnx.Tests.Support;

/// <summary>Writes SentencePiece models: the fields of sentencepiece_model.proto by their numbers.</summary>
internal static class TestSentencePieces
{
    public const int Unigram = 1, Bpe = 2;

    /// <summary>Writes a model with the three special pieces first, then these with their scores.</summary>
    public static byte[] Write(IEnumerable<(string Text, float Score)> pieces, IReadOnlyDictionary<string, string>? rules = null, int kind = Unigram) => Message(model =>
    {
        Field(model, 1, Piece("<unk>", 0, 2));
        Field(model, 1, Piece("<s>", 0, 3));
        Field(model, 1, Piece("</s>", 0, 3));
        foreach ((string text, float score) in pieces)
            Field(model, 1, Piece(text, score, 1));
        Field(model, 2, Message(training =>
        {
            training.WriteTag(3, WireFormat.WireType.Varint);
            training.WriteInt32(kind);
        }));
        if (rules is not null)
            Field(model, 3, Message(normalizer => Field(normalizer, 2, Rules(rules))));
    });

    // a double array in which every node has 256 places of its own
    private static byte[] Rules(IReadOnlyDictionary<string, string> rules)
    {
        var texts = new MemoryStream();
        var units = new List<uint>(new uint[512]);
        units[0] = Offset(0 ^ 256);
        var bases = new Dictionary<string, int> { [""] = 256 };
        foreach ((string from, string to) in rules)
        {
            string way = "";
            int node = 0;
            foreach (byte each in Encoding.UTF8.GetBytes(from))
            {
                node = bases[way] ^ each;
                way += (char)each;
                if (bases.TryAdd(way, units.Count))
                {
                    units.AddRange(new uint[256]);
                    units[node] = Offset(node ^ bases[way]) | each;
                }
            }

            units[node] |= 1 << 8;
            units[bases[way]] = (uint)texts.Length | 0x8000_0000;
            texts.Write(Encoding.UTF8.GetBytes(to + '\0'));
        }

        return [.. BitConverter.GetBytes((uint)units.Count * 4), .. units.SelectMany(BitConverter.GetBytes), .. texts.ToArray()];
    }

    private static uint Offset(int offset) => (uint)offset << 10;

    private static byte[] Piece(string text, float score, int kind) => Message(piece =>
    {
        Field(piece, 1, Encoding.UTF8.GetBytes(text));
        piece.WriteTag(2, WireFormat.WireType.Fixed32);
        piece.WriteFloat(score);
        piece.WriteTag(3, WireFormat.WireType.Varint);
        piece.WriteInt32(kind);
    });

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var stream = new CodedOutputStream(bytes))
            write(stream);
        return bytes.ToArray();
    }

    private static void Field(CodedOutputStream stream, int field, byte[] bytes)
    {
        stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
        stream.WriteBytes(ByteString.CopyFrom(bytes));
    }
}
