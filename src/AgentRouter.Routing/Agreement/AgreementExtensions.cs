using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Agreement;

/// <summary>Puts <see cref="AgreementChatClient"/> into a chat client pipeline.</summary>
public static class AgreementExtensions
{
    /// <summary>Asks the cheap tier several times and a more capable one only where its answers differ. Add it after (below) function
    /// invocation and before (above) the step router.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="configure">Changes the options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">When built: there is no step router below.</exception>
    public static ChatClientBuilder UseAgreement(this ChatClientBuilder builder, Action<AgreementOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, _) =>
        {
            var options = new AgreementOptions();
            configure?.Invoke(options);
            return new AgreementChatClient(inner, options);
        });
    }
}
