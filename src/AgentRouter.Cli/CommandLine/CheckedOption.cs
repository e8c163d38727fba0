using System.CommandLine;
using System.CommandLine.Parsing;

namespace AgentRouter.Cli.CommandLine;

/// <summary>Checks what options are given.</summary>
internal static class CheckedOption
{
    /// <summary>Requires that the value of an option can be read and is right.</summary>
    /// <param name="option">The option.</param>
    /// <param name="isRight">Tells whether a value is right; asked for the default too.</param>
    /// <param name="message">What is told otherwise: <c>--limit is a whole number from 1 to 200.</c></param>
    public static void Require<T>(this Option<T> option, Predicate<T?> isRight, string message) => option.Validators.Add(result =>
    {
        if (!TryRead(result, out T? value) || !isRight(value))
            result.AddError(message);
    });

    // what cannot be converted is told by an exception
    private static bool TryRead<T>(OptionResult result, out T? value)
    {
        try
        {
            value = result.GetValueOrDefault<T>();
            return true;
        }
        catch (InvalidOperationException)
        {
            value = default;
            return false;
        }
    }
}
