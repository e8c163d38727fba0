using System.Text.Json.Serialization;

namespace AgentRouter.Steps;

/// <summary>The script most letters of a text are written in: a guess at its language that costs nothing.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LanguageScript>))]
public enum LanguageScript
{
    /// <summary>There is no letter in it.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>English, French, Turkish, Vietnamese, …</summary>
    [JsonStringEnumMemberName("latin")]
    Latin,

    /// <summary>Russian, Ukrainian, Bulgarian, …</summary>
    [JsonStringEnumMemberName("cyrillic")]
    Cyrillic,

    /// <summary>Greek.</summary>
    [JsonStringEnumMemberName("greek")]
    Greek,

    /// <summary>Hebrew.</summary>
    [JsonStringEnumMemberName("hebrew")]
    Hebrew,

    /// <summary>Arabic, Persian, Urdu, …</summary>
    [JsonStringEnumMemberName("arabic")]
    Arabic,

    /// <summary>Hindi, Bengali, Tamil, … and the scripts beside them.</summary>
    [JsonStringEnumMemberName("indic")]
    Indic,

    /// <summary>Chinese, Japanese, Korean.</summary>
    [JsonStringEnumMemberName("cjk")]
    Cjk,

    /// <summary>Another script.</summary>
    [JsonStringEnumMemberName("other")]
    Other,
}
