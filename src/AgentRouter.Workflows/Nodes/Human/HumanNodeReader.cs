using AgentRouter.Expressions;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Nodes.Human;

/// <summary><c>human: { question: …, choices: [yes, no], default: no, timeout: 10m }</c>, or <c>human: the question</c>.</summary>
internal sealed class HumanNodeReader : NodeReader<HumanNode>
{
    public override string Kind => HumanNode.KindName;

    public override HumanNode Read(NodeReading reading)
    {
        var nothing = Template.Parse("", ExpressionNames.Unchecked);
        if (reading.Value is YamlScalarNode)
            return new HumanNode { Name = reading.Name, Question = Values.Template(reading.File, reading.Value, reading.Map.Of(HumanNode.KindName)) ?? nothing };
        MapReader map = reading.Inner(HumanNode.KindName);
        var question = map.Require("question", "question: what the person is asked");
        var node = new HumanNode
        {
            Name = reading.Name,
            Question = (question is null ? null : map.Template("question")) ?? nothing,
            Choices = map.Texts("choices") ?? [],
            Default = map.Text("default"),
            Timeout = map.Duration("timeout"),
        };
        map.Finish();
        return node;
    }

    public override void Check(HumanNode node, NodeChecking checking)
    {
        checking.Template(node, node.Question, "human", "question");
        if (node.Default is { } given && node.Choices.Count > 0 && !node.Choices.Contains(given))
            checking.Unknown(node, $"The default '{given}' is not one of the choices.", given, node.Choices, "human", "default");
    }
}
