using AgentRouter.Configuration;
using AgentRouter.Onnx.Folders;

namespace AgentRouter.Onnx.Tokenizing;

/// <summary>Reads from <c>tokenizer.json</c> where special tokens stand.</summary>
internal static class TemplateReader
{
    /// <summary>The first text, the second one.</summary>
    private static readonly TemplatePart First = new(null, false, 0), Second = new(null, true, 0);

    /// <summary>Reads the post-processor.</summary>
    /// <exception cref="ConfigurationException">It is of a kind that is not known.</exception>
    public static TokenTemplate Read(ModelFolder folder, ModelJson config, ModelJson json)
    {
        int pad = PadOf(folder, config, json);
        ModelJson? processor = json["post_processor"];
        ModelJson[] steps = processor?["type"]?.Text == "Sequence" ? [.. processor.Required("processors").Items] : processor is null ? [] : [processor];
        TokenTemplate? template = null;
        foreach (ModelJson step in steps)
        {
            TokenTemplate? read = Step(step, pad);
            if (read is not null && template is not null)
                throw step.Unsupported("two steps add special tokens");
            template = read ?? template;
        }

        return template ?? new TokenTemplate([First], null, pad);
    }

    /// <summary>Makes BERT's frame: <c>[CLS] a [SEP] b [SEP]</c>, the second text and its separator of type 1.</summary>
    public static TokenTemplate Bert(int begin, int separator, int pad) => new(
        [Special(begin), First, Special(separator)],
        [Special(begin), First, Special(separator), Second with { Type = 1 }, Special(separator, 1)],
        pad);

    /// <summary>Makes RoBERTa's frame: <c>&lt;s&gt; a &lt;/s&gt;&lt;/s&gt; b &lt;/s&gt;</c>, all of type 0.</summary>
    public static TokenTemplate Roberta(int begin, int separator, int pad) => new(
        [Special(begin), First, Special(separator)],
        [Special(begin), First, Special(separator), Special(separator), Second, Special(separator)],
        pad);

    /// <summary>Makes T5's frame: an end behind each text.</summary>
    public static TokenTemplate T5(int end, int pad) => new([First, Special(end)], [First, Special(end), Second, Special(end)], pad);

    private static TemplatePart Special(int id, int type = 0) => new(id, false, type);

    private static TokenTemplate? Step(ModelJson step, int pad)
    {
        switch (step.Type)
        {
            case "ByteLevel":
                return null;
            case "BertProcessing":
                return Bert(IdOf(step, "cls"), IdOf(step, "sep"), pad);
            case "RobertaProcessing":
                return Roberta(IdOf(step, "cls"), IdOf(step, "sep"), pad);
            case "TemplateProcessing":
                TemplatePart[] pair = Parts(step.Required("pair"), step);
                // a template without special tokens is how tokenizers without pairs write theirs
                return new TokenTemplate(Parts(step.Required("single"), step), pair.Any(part => part.IsSecond) ? pair : null, pad);
            default:
                throw step.Unsupported($"{step.Type} is not known");
        }
    }

    private static int IdOf(ModelJson step, string name) => step.Required(name).Items.ElementAtOrDefault(1)?.Number ?? throw step.Required(name).Unsupported("it is no token with a number");

    private static TemplatePart[] Parts(ModelJson parts, ModelJson step) => [.. parts.Items.SelectMany(part => Part(part, step))];

    private static IEnumerable<TemplatePart> Part(ModelJson part, ModelJson step)
    {
        if (part["Sequence"] is { } text)
            return [new TemplatePart(null, text.Required("id").Text == "B", text["type_id"]?.Number ?? 0)];
        ModelJson special = part.Required("SpecialToken");
        ModelJson ids = step.Required("special_tokens").Required(special.Required("id").Text).Required("ids");
        return ids.Items.Select(id => Special(id.Number, special["type_id"]?.Number ?? 0));
    }

    // padding is masked, so any token will do where none is named
    private static int PadOf(ModelFolder folder, ModelJson config, ModelJson json)
    {
        if (json["padding"]?["pad_id"] is { } id)
            return id.Number;
        if (config["pad_token_id"] is { Value.ValueKind: System.Text.Json.JsonValueKind.Number } configured)
            return configured.Number;
        ModelJson? named = folder.Json("tokenizer_config.json")?["pad_token"];
        string? token = named?.Value.ValueKind == System.Text.Json.JsonValueKind.String ? named.Text : named?["content"]?.Text;
        ModelJson? added = json["added_tokens"]?.Items.FirstOrDefault(each => each["content"]?.Text == token);
        return added?["id"]?.Number ?? 0;
    }
}
