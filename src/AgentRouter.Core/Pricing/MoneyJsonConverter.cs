using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentRouter.Pricing;

/// <summary>Money in JSON: a decimal number of US dollars, exact.</summary>
internal sealed class MoneyJsonConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Money.FromUsd(reader.GetDecimal());

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => writer.WriteNumberValue(value.ToUsd());
}
