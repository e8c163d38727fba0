using AgentRouter.Failures;

namespace AgentRouter.Providers.Calls;

/// <summary>Knows the error codes that a provider documents.</summary>
internal interface IFailureClassifier
{
    /// <summary>Finds the class of an error that the provider reported.</summary>
    /// <param name="error">The report.</param>
    FailureClass Classify(ProviderError error);

    /// <summary>Finds the report in an exception with which the SDK tells of an error inside a stream, if it is one.</summary>
    /// <param name="exception">The SDK's exception.</param>
    ProviderError? FromStream(Exception exception) => null;
}
