using AgentRouter.Memory;
using AgentRouter.Memory.Use;

namespace AgentRouter.SemanticKernel.Memories;

/// <summary>The memory that each prompt of a kernel has.</summary>
/// <param name="Memory">The memory.</param>
/// <param name="Options">What is read and written.</param>
internal sealed record OfferedMemory(GraphMemory Memory, MemoryUseOptions Options);
