using AgentRouter.Suggestions;

namespace AgentRouter.Expressions.Syntax;

/// <summary>Parses expressions by recursive descent. Own code, for exact positions, load-time types and suggestions.</summary>
internal sealed class ExpressionParser
{
    private const int MaxDepth = 64;

    private static readonly string[] Functions = ["contains", "length", "visits"];
    private static readonly string[] Words = ["and", "or", "not", "true", "false", "null"];

    private readonly Lexer _lexer;
    private Token _token;
    private int _parts;
    private int _depth;

    private ExpressionParser(string text)
    {
        _lexer = new Lexer(text);
        _token = _lexer.Next();
    }

    public static ExpressionNode Parse(string text)
    {
        if (text.Length > Expression.MaxLength)
            throw new ExpressionException($"An expression has at most {Expression.MaxLength} characters.", 0);
        var parser = new ExpressionParser(text);
        if (parser._token.Kind == TokenKind.End)
            throw new ExpressionException("The expression is empty.", 0);
        ExpressionNode root = parser.Or();
        if (parser._token.Kind != TokenKind.End)
            throw new ExpressionException($"The expression should end here, but {parser._token} follows.", parser._token.Position);
        return root;
    }

    public static bool IsReserved(string word) => Words.Contains(word, StringComparer.Ordinal);

    private ExpressionNode Or()
    {
        if (++_depth > MaxDepth)
            throw new ExpressionException($"An expression is nested at most {MaxDepth} deep.", _token.Position);
        ExpressionNode left = And();
        while (_token.IsWord("or") || _token.IsSign("||"))
        {
            int position = Take().Position;
            left = Part(new LogicNode(left, And(), isAnd: false, position));
        }

        _depth--;
        return left;
    }

    private ExpressionNode And()
    {
        ExpressionNode left = Not();
        while (_token.IsWord("and") || _token.IsSign("&&"))
        {
            int position = Take().Position;
            left = Part(new LogicNode(left, Not(), isAnd: true, position));
        }

        return left;
    }

    private ExpressionNode Not()
    {
        int count = 0;
        int position = _token.Position;
        for (; _token.IsWord("not"); count++)
            Take();
        ExpressionNode operand = Comparison();
        for (; count > 0; count--)
            operand = Part(new NotNode(operand, position));
        return operand;
    }

    private ExpressionNode Comparison()
    {
        ExpressionNode left = Sum();
        if (Comparer() is not { } comparison)
            return left;
        int position = Take().Position;
        ExpressionNode node = Part(new CompareNode(left, Sum(), comparison, position));
        if (Comparer() is not null)
            throw new ExpressionException("Comparisons cannot be chained; join two of them with 'and'.", _token.Position);
        return node;
    }

    private Comparison? Comparer() => _token.Kind != TokenKind.Sign ? null : _token.Text switch
    {
        "==" => Syntax.Comparison.Equal,
        "!=" => Syntax.Comparison.Unequal,
        "<" => Syntax.Comparison.Less,
        "<=" => Syntax.Comparison.LessOrEqual,
        ">" => Syntax.Comparison.Greater,
        ">=" => Syntax.Comparison.GreaterOrEqual,
        _ => null,
    };

    private ExpressionNode Sum()
    {
        ExpressionNode left = Unary();
        while (_token.IsSign("+") || _token.IsSign("-"))
        {
            Token sign = Take();
            left = Part(new SumNode(left, Unary(), sign.Text == "-", sign.Position));
        }

        return left;
    }

    private ExpressionNode Unary()
    {
        var signs = new Stack<Token>();
        while (_token.IsSign("!") || _token.IsSign("-"))
            signs.Push(Take());
        ExpressionNode operand = Path();
        while (signs.TryPop(out Token sign))
        {
            operand = Part(sign.Text == "!"
                ? new NotNode(operand, sign.Position)
                : new SumNode(new LiteralNode(ExpressionValue.From(0), DataType.Number, sign.Position), operand, isMinus: true, sign.Position));
        }

        return operand;
    }

    private ExpressionNode Path()
    {
        ExpressionNode node = Primary();
        while (true)
        {
            if (_token.IsSign("."))
            {
                Take();
                Token field = Take();
                if (field.Kind != TokenKind.Name)
                    throw new ExpressionException($"A field's name follows a dot, not {field}.", field.Position);
                node = Part(new FieldNode(node, field.Text, field.Position));
            }
            else if (_token.IsSign("["))
            {
                int position = Take().Position;
                ExpressionNode index = Or();
                Expect("]");
                node = Part(index is LiteralNode { Text: { } name } ? new FieldNode(node, name, index.Position) : new IndexNode(node, index, position));
            }
            else
            {
                return node;
            }
        }
    }

    private ExpressionNode Primary()
    {
        Token token = Take();
        switch (token.Kind)
        {
            case TokenKind.Number:
                return Part(new LiteralNode(ExpressionValue.From(token.Number), DataType.Number, token.Position));
            case TokenKind.Text:
                return Part(new LiteralNode(ExpressionValue.From(token.Text), DataType.Text, token.Position));
            case TokenKind.Name:
                return Part(_token.IsSign("(") ? Function(token) : Word(token));
            case TokenKind.Sign when token.Text == "(":
                ExpressionNode inner = Or();
                Expect(")");
                return inner;
            default:
                throw new ExpressionException($"A value should be here, not {token}.", token.Position);
        }
    }

    private static ExpressionNode Word(Token token) => token.Text switch
    {
        "true" => new LiteralNode(ExpressionValue.From(true), DataType.Boolean, token.Position),
        "false" => new LiteralNode(ExpressionValue.From(false), DataType.Boolean, token.Position),
        "null" => new LiteralNode(ExpressionValue.Null, DataType.Any, token.Position),
        "and" or "or" or "not" => throw new ExpressionException($"A value should be here, not {token}.", token.Position),
        _ => new NameNode(token.Text, token.Position),
    };

    private ExpressionNode Function(Token name)
    {
        if (!Functions.Contains(name.Text, StringComparer.Ordinal))
            throw new ExpressionException($"There is no function '{name.Text}'. {Suggestion.Sentence(name.Text, Functions)}", name.Position);
        Expect("(");
        List<ExpressionNode> arguments = [];
        if (!_token.IsSign(")"))
        {
            arguments.Add(Or());
            while (_token.IsSign(","))
            {
                Take();
                arguments.Add(Or());
            }
        }

        Expect(")");
        return (name.Text, arguments) switch
        {
            ("contains", [var whole, var part]) => new ContainsNode(whole, part, name.Position),
            ("length", [var of]) => new LengthNode(of, name.Position),
            ("visits", [LiteralNode { Text: { } node } literal]) => new VisitsNode(node, literal.Position),
            ("contains", _) => throw new ExpressionException("contains takes two values: contains(text, part) or contains(list, element).", name.Position),
            ("length", _) => throw new ExpressionException("length takes one text or list: length(items).", name.Position),
            _ => throw new ExpressionException("visits takes the name of a node in quotes: visits('code').", name.Position),
        };
    }

    private void Expect(string sign)
    {
        if (!_token.IsSign(sign))
            throw new ExpressionException($"'{sign}' should be here, not {_token}.", _token.Position);
        Take();
    }

    private Token Take()
    {
        Token taken = _token;
        _token = _lexer.Next();
        return taken;
    }

    private ExpressionNode Part(ExpressionNode node)
    {
        if (++_parts > Expression.MaxParts)
            throw new ExpressionException($"An expression has at most {Expression.MaxParts} parts; this one is larger.", node.Position);
        return node;
    }
}
