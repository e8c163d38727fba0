namespace AgentRouter.Steps;

/// <summary>A chat client answers this service when it wants to see the <see cref="StepIdentity"/> in
/// <c>ChatOptions.AdditionalProperties[StepOptions.IdentityKey]</c>. All others get options without it.</summary>
public interface IReceivesStepIdentity;
