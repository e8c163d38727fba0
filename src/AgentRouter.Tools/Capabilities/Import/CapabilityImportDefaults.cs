using System.Collections.Frozen;

namespace AgentRouter.Tools.Capabilities.Import;

/// <summary>The defaults of imports.</summary>
internal static class CapabilityImportDefaults
{
    /// <summary>How many notes are kept.</summary>
    public const int MaxNotes = 1_000;

    /// <summary>Fields that say what they are only together with their tool: a user's id is no order's.</summary>
    public static readonly FrozenSet<string> CommonFields = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "id", "ids", "key", "name", "title", "type", "kind", "label", "description", "text", "content", "contents", "body", "message", "messages", "note",
        "value", "values", "data", "item", "items", "result", "results", "output", "response", "status", "state", "success", "ok", "error", "errors",
        "code", "count", "total", "page", "limit", "offset", "cursor", "size", "index", "path", "url", "uri", "link", "date", "time", "timestamp",
        "created", "updated", "createdAt", "updatedAt", "created_at", "updated_at", "truncated", "hasMore", "has_more");
}
