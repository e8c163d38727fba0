using System.Text;
using AgentRouter.Configuration;

namespace AgentRouter.Onnx.Tokenizing.SentencePiece;

/// <summary>What a SentencePiece file says: pieces with scores, and how texts are normalized.</summary>
internal sealed class SentencePieceModel
{
    private const int MaxBytes = 64 * 1024 * 1024;
    private const int Unigram = 1;

    /// <summary>Gets the pieces, by their numbers in the file.</summary>
    public List<Piece> Pieces { get; } = [];

    /// <summary>Gets the rules of the normalizer, compiled; empty when there are none.</summary>
    public byte[] Rules { get; private set; } = [];

    /// <summary>Gets whether a text gets a blank before it.</summary>
    public bool AddsBlank { get; private set; } = true;

    /// <summary>Gets whether blanks are left out before and behind a text, and of several but one.</summary>
    public bool RemovesExtraBlanks { get; private set; } = true;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ConfigurationException">It is damaged, or says what is not known.</exception>
    public static SentencePieceModel Read(string file)
    {
        if (new FileInfo(file).Length > MaxBytes)
            throw new ConfigurationException($"{file} has more than {MaxBytes / 1024 / 1024} MiB; it is read only up to that.");
        var model = new SentencePieceModel();
        try
        {
            string? unsupported = model.ReadMessage(File.ReadAllBytes(file));
            return unsupported is null && model.Pieces.Count > 0
                ? model
                : throw new ConfigurationException($"{file}: {unsupported ?? "it has no pieces"}. A model that cannot be read exactly is not read.");
        }
        catch (InvalidDataException e)
        {
            throw new ConfigurationException($"{file} is no SentencePiece model: {e.Message}.", e);
        }
    }

    // numbers of fields: sentencepiece_model.proto
    private string? ReadMessage(byte[] message)
    {
        string? unsupported = null;
        var reader = new ProtoReader(message);
        while (reader.Read())
        {
            if (reader.Field == 1)
                Pieces.Add(Piece.Read(reader.Bytes));
            else if (reader.Field == 2)
                unsupported ??= ReadTraining(reader.Bytes);
            else if (reader.Field == 3)
                unsupported ??= ReadNormalizer(reader.Bytes);
        }

        return unsupported ?? (Pieces.Exists(piece => piece.Kind is PieceKind.UserDefined or PieceKind.Byte) ? "it has pieces that a user defined, or bytes" : null);
    }

    private static string? ReadTraining(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        while (reader.Read())
        {
            if (reader.Field == 3 && reader.Number != Unigram)
                return "its pieces are merged (BPE), words or characters; Unigram can be read";
            if (reader.Field is 24 or 35 && reader.Number != 0)
                return "blanks as suffixes and bytes for what is unknown are not known";
        }

        return null;
    }

    private string? ReadNormalizer(ReadOnlySpan<byte> message)
    {
        bool escapes = true;
        var reader = new ProtoReader(message);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 2:
                    Rules = reader.Bytes.ToArray();
                    break;
                case 3:
                    AddsBlank = reader.Number != 0;
                    break;
                case 4:
                    RemovesExtraBlanks = reader.Number != 0;
                    break;
                case 5:
                    escapes = reader.Number != 0;
                    break;
            }
        }

        return escapes ? null : "blanks that are not escaped are not known";
    }
}

/// <summary>What a piece is, as the file numbers it.</summary>
internal enum PieceKind
{
    /// <summary>A piece of text.</summary>
    Normal = 1,

    /// <summary>What stands for all that is not known.</summary>
    Unknown = 2,

    /// <summary>A sign that no text has.</summary>
    Control = 3,

    /// <summary>A piece that is always kept whole.</summary>
    UserDefined = 4,

    /// <summary>A piece that is not used.</summary>
    Unused = 5,

    /// <summary>A single byte.</summary>
    Byte = 6,
}

/// <summary>A piece.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Score">The logarithm of how likely it is.</param>
/// <param name="Kind">What it is.</param>
internal sealed record Piece(string Text, float Score, PieceKind Kind)
{
    /// <summary>Reads a piece.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static Piece Read(ReadOnlySpan<byte> message)
    {
        var piece = new Piece("", 0, PieceKind.Normal);
        var reader = new ProtoReader(message);
        while (reader.Read())
        {
            piece = reader.Field switch
            {
                1 => piece with { Text = Encoding.UTF8.GetString(reader.Bytes) },
                2 => piece with { Score = reader.Float },
                3 => piece with { Kind = (PieceKind)reader.Number },
                _ => piece,
            };
        }

        return piece;
    }
}
