using System.Text;
using AgentRouter.Configuration;
using AgentRouter.Routing.Policies.Boundary;
using AgentRouter.Routing.Policies.Boundary.Model;
using AgentRouter.Routing.PolicyFiles;
using AgentRouter.Routing.Tests.Policies.Boundary;

namespace AgentRouter.Routing.Tests.PolicyFiles;

public sealed class PolicyFileTests : IDisposable
{
    private static readonly PolicyCard Card = new()
    {
        Description = "A test.",
        Data = ["outcomes.jsonl"],
        DataHash = "ab12",
        Rows = 400,
        Seed = 42,
        Metrics = new Dictionary<string, double> { ["success"] = 0.75 },
        Notes = ["Made by hand."],
    };

    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("policy").FullName, "policy.json");

    [Fact]
    public void What_is_saved_is_read_again_exactly()
    {
        BoundaryModel model = BoundaryModels.Of(true, [BoundaryModels.Class("a", 0.1, 0.2, 0.3, 0.4, 1.0 / 3), BoundaryModels.Class("b", 0.25, 0.25, 0.25, 0.25)], [0.1, 1]);

        PolicyFile.Save(_file, "boundary", Card, json => BoundaryModelJson.Write(json, model));
        PolicyFile file = PolicyFile.Load(_file);

        file.Card.Metrics.ShouldBe(Card.Metrics);
        BoundaryModel read = BoundaryModelJson.Read(file.Body);
        PolicyFile.Write("boundary", file.Card, json => BoundaryModelJson.Write(json, read)).ShouldBe(File.ReadAllBytes(_file));
        Directory.GetFiles(Path.GetDirectoryName(_file)!).ShouldBe([_file]);
    }

    [Theory]
    [InlineData("{", "the policy file is not JSON")]
    [InlineData("[]", "'format' is missing")]
    [InlineData("""{"format":"onnx/3"}""", "'format' is 'onnx/3'; a policy file says 'agentrouter.policy/1'")]
    [InlineData("""{"format":"agentrouter.policy/9"}""", "this version reads 'agentrouter.policy/1'")]
    [InlineData("""{"format":"agentrouter.policy/1","card":7}""", "'card' is not an object")]
    public void A_foreign_file_is_refused_with_a_reason(string text, string reason)
    {
        File.WriteAllText(_file, text);

        var error = Should.Throw<ConfigurationException>(() => new BoundaryPolicy(new BoundaryPolicyOptions { File = _file }));

        error.Message.ShouldStartWith(_file);
        error.Message.ShouldContain(reason);
    }

    [Theory]
    [InlineData("\"hazard\": [\n      0.1,\n      1\n    ]", "\"hazard\": [0.1, 0.9]", "'learned.hazard' is not a list of 1 to 64 shares that ends in 1")]
    [InlineData("\"share\": 0.5", "\"share\": 0.7", "'learned.classes' is not a list of 1 to 64 classes whose shares add up to 1")]
    [InlineData("\"name\": \"small-1\"", "\"name\": 7", "'learned.rungs[0].name' is not a text")]
    [InlineData("0.30000000000000004", "1e999", "'learned.classes[0].outcomes[2]' is not a number in its range")]
    [InlineData("\"policy\": \"boundary\"", "\"policy\": \"bandit\"", "the file is for the policy 'bandit', not for 'boundary'")]
    public void A_corrupt_file_is_refused_with_the_place(string part, string corrupt, string reason)
    {
        BoundaryModel model = BoundaryModels.Of(true, [BoundaryModels.Class("a", 0.1, 0.2, 0.1 + 0.2, 0.4), BoundaryModels.Class("b", 0.25, 0.25, 0.25, 0.25)], [0.1, 1]);
        string text = Encoding.UTF8.GetString(PolicyFile.Write("boundary", Card, json => BoundaryModelJson.Write(json, model)));
        text.ShouldContain(part);
        File.WriteAllText(_file, text.Replace(part, corrupt, StringComparison.Ordinal));

        Should.Throw<ConfigurationException>(() => new BoundaryPolicy(new BoundaryPolicyOptions { File = _file })).Message.ShouldContain(reason);
    }

    [Fact]
    public void A_missing_file_says_how_to_make_one() =>
        Should.Throw<ConfigurationException>(() => new BoundaryPolicy(new BoundaryPolicyOptions { File = _file }))
            .Message.ShouldBe($"There is no policy file {_file}. 'agentrouter route train' makes one; in a workflow the path starts at the workflow's folder.");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
}
