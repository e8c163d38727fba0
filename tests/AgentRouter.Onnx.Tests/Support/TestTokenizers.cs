using System.Text.Json;
using AgentRouter.Onnx.Folders;
using AgentRouter.Onnx.Tokenizing;

namespace AgentRouter.Onnx.Tests.Support;

/// <summary>Reads tokenizers of folders.</summary>
internal static class TestTokenizers
{
    /// <summary>Reads the tokenizer of a folder with these files and nothing else.</summary>
    public static ModelTokenizer Read(string modelType, params (string File, object Content)[] files)
    {
        using var folder = new ModelTestFolder();
        folder.Write("config.json", $$"""{ "model_type": "{{modelType}}" }""");
        foreach ((string file, object content) in files)
        {
            if (content is byte[] bytes)
                folder.Write(file, bytes);
            else
                folder.Write(file, content as string ?? JsonSerializer.Serialize(content));
        }

        var opened = new ModelFolder(folder.Path);
        return TokenizerReader.Read(opened, opened.Json("config.json")!, maxTokens: null, limit: null);
    }

    /// <summary>The tokens of a text without the special ones around it.</summary>
    public static int[] Inside(this ModelTokenizer tokenizer, string text) => [.. tokenizer.Encode(text).Ids.Skip(1).SkipLast(1)];
}
