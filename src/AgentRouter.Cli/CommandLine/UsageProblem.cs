using System.CommandLine;
using System.CommandLine.Parsing;
using AgentRouter.Suggestions;

namespace AgentRouter.Cli.CommandLine;

/// <summary>What is wrong with a command line, in one message with a suggestion.</summary>
internal static class UsageProblem
{
    /// <summary>Finds what is wrong.</summary>
    /// <param name="result">The command line as it was parsed.</param>
    /// <returns>The message, or <see langword="null"/> when nothing is wrong.</returns>
    public static UsageException? Of(ParseResult result)
    {
        if (result.Errors.Count == 0)
            return MisplacedOption(result);
        string message = Unknown(result) ?? MisplacedOption(result)?.Message ?? Sentence(First(result.Errors));
        return new UsageException(message + HelpHint(result));
    }

    // what a check says of a value is better than that it cannot be converted
    private static string First(IReadOnlyList<ParseError> errors) =>
        errors.FirstOrDefault(error => !IsConversion(error))?.Message ?? (errors[0].SymbolResult is OptionResult { Option: var option, Tokens: [var token, ..] } ? Expected(option, token.Value) : errors[0].Message);

    private static bool IsConversion(ParseError error) => error.Message.StartsWith("Cannot parse argument", StringComparison.Ordinal);

    private static string Expected(Option option, string given)
    {
        Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        string[] words = type.IsEnum ? [.. Enum.GetNames(type).Select(name => name.ToLowerInvariant())] : [];
        string what = type.IsEnum ? string.Join(", ", words[..^1]) + " or " + words[^1]
            : type == typeof(int) || type == typeof(long) ? "a whole number"
            : type == typeof(decimal) || type == typeof(double) ? "a number" : "something else";
        return $"{option.Name} is {what}, not '{given}'.";
    }

    private static string? Unknown(ParseResult result)
    {
        if (result.UnmatchedTokens.Count == 0)
            return null;
        string token = result.UnmatchedTokens[0];
        Command command = result.CommandResult.Command;
        if (token.StartsWith('-'))
            return UnknownOption(token, result);
        if (command.Subcommands.Count > 0)
            return $"There is no command '{token}'. {Suggestion.Sentence(token, command.Subcommands.Select(sub => sub.Name))}";
        return $"'{token}' is one argument too many.";
    }

    // a misspelt option in the place of the file is taken for the file
    private static UsageException? MisplacedOption(ParseResult result)
    {
        foreach (SymbolResult child in result.CommandResult.Children)
        {
            if (child is not ArgumentResult argument)
                continue;
            foreach (Token token in argument.Tokens)
            {
                if (token.Value.Length > 1 && token.Value.StartsWith('-'))
                    return new UsageException(UnknownOption(token.Value, result));
            }
        }

        return null;
    }

    private static string UnknownOption(string token, ParseResult result)
    {
        string name = token.Split('=', ':')[0];
        return $"There is no option '{name}' for '{result.CommandResult.Command.Name}'. {Suggestion.Sentence(name, OptionsOf(result.CommandResult))}";
    }

    private static IEnumerable<string> OptionsOf(CommandResult command) =>
        command.Command.Options.Select(option => option.Name)
            .Concat(command.Parent is CommandResult parent ? parent.Command.Options.Where(option => option.Recursive).Select(option => option.Name) : []);

    private static string HelpHint(ParseResult result) =>
        $"\nSee '{AgentRouterCommand.PathOf(result.CommandResult.Command)} --help'.";

    private static string Sentence(string message) => message.EndsWith('.') || message.EndsWith('?') ? message : message + ".";
}
