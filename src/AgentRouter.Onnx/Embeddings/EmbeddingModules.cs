using AgentRouter.Configuration;
using AgentRouter.Onnx.Folders;

namespace AgentRouter.Onnx.Embeddings;

/// <summary>What a sentence-transformers folder says of the way from texts to vectors.</summary>
/// <param name="Transformer">The folder with the model's configuration and tokenizer.</param>
/// <param name="Pooling">How token vectors become one; <see langword="null"/> when that is not said.</param>
/// <param name="Normalizes">Whether vectors get the length one.</param>
/// <param name="MaxTokens">The most tokens of a text, where that is said.</param>
/// <param name="LowerCases">Whether texts are written in lower case before.</param>
/// <param name="TaskPrefix">What stands before a text that is searched for, where that is said.</param>
/// <param name="SkillPrefix">What stands before a text that is found, where that is said.</param>
internal sealed record EmbeddingModules(ModelFolder Transformer, PoolingMode? Pooling, bool Normalizes, int? MaxTokens, bool LowerCases, string? TaskPrefix, string? SkillPrefix)
{
    private const string PoolingFolder = "1_Pooling";

    /// <summary>Reads a folder.</summary>
    /// <exception cref="ConfigurationException">It has a part that is not known.</exception>
    public static EmbeddingModules Read(ModelFolder folder)
    {
        ModelFolder transformer = folder;
        PoolingMode? pooling = null;
        bool normalizes = false;
        if (folder.Json("modules.json") is { } modules)
        {
            foreach (ModelJson module in modules.Items)
            {
                string path = module.Required("path").Text, type = module.Type;
                switch (type[(type.LastIndexOf('.') + 1)..])
                {
                    case "Transformer":
                        transformer = folder.Inside(path);
                        break;
                    case "Pooling":
                        pooling = PoolingReader.Read(folder.Inside(path));
                        break;
                    case "Normalize":
                        normalizes = true;
                        break;
                    default:
                        throw module.Unsupported($"the module {type} is not known; Transformer, Pooling and Normalize are");
                }
            }
        }
        else if (folder.Find($"{PoolingFolder}/config.json") is not null)
        {
            pooling = PoolingReader.Read(folder.Inside(PoolingFolder));
        }

        ModelJson? sentences = transformer.Json("sentence_bert_config.json");
        (string? task, string? skill) = Prefixes(folder);
        return new EmbeddingModules(transformer, pooling, normalizes, sentences?["max_seq_length"]?.Number, sentences?["do_lower_case"]?.Flag ?? false, task, skill);
    }

    private static (string? Task, string? Skill) Prefixes(ModelFolder folder)
    {
        ModelJson? settings = folder.Json("config_sentence_transformers.json");
        if (settings?["prompts"] is not { } prompts)
            return (null, null);
        string? always = settings["default_prompt_name"] is { } name ? prompts.Required(name.Text).Text : null;
        return (prompts["query"]?.Text ?? always, prompts["document"]?.Text ?? prompts["passage"]?.Text ?? always);
    }
}
