using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace AgentRouter.VectorStores.Filters;

/// <summary>In which order records are wanted.</summary>
internal static class RecordOrder
{
    public static IReadOnlyList<(PropertyModel Property, bool Ascending)> Read<TRecord>(FilteredRecordRetrievalOptions<TRecord> options, CollectionModel model)
        where TRecord : class =>
        options.OrderBy is null ? [] : [.. options.OrderBy(new()).Values.Select(order => (model.GetDataOrKeyProperty(order.PropertySelector), order.Ascending))];
}
