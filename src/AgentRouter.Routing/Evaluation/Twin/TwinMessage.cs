namespace AgentRouter.Routing.Evaluation.Twin;

/// <summary>A message of a prompt, as the scorer needs it.</summary>
/// <param name="IsAssistant">Whether the model wrote it.</param>
/// <param name="Text">Its JSON as written, by which two prompts are compared.</param>
/// <param name="Tokens">Its tokens.</param>
internal sealed record TwinMessage(bool IsAssistant, string Text, double Tokens);
