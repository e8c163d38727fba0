using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace AgentRouter.Tools.Tests.Healing;

public sealed partial class SampleTests
{
    [Fact]
    public async Task The_sample_shows_a_payment_service_dying_and_nothing_paid_twice()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "SelfHealing.dll")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process sample = Process.Start(start).ShouldNotBeNull();
        Task<string> errors = sample.StandardError.ReadToEndAsync();
        string output = await sample.StandardOutput.ReadToEndAsync();
        await sample.WaitForExitAsync();

        (await errors).ShouldBeEmpty();
        sample.ExitCode.ShouldBe(0, output);
        output.ShouldContain("✗ northpay: HttpRequestException");
        output.ShouldContain("? did northpay do it before it died? statement says: done");
        output.ShouldContain("✓ Order A-2: 42.00 refunded over NorthPay.");
        foreach (string line in Documented())
            Masked(output).ShouldContain(Masked(line));
        string[] statement = output[output.IndexOf("the bank's statement", StringComparison.Ordinal)..].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[1..];
        statement.Select(line => line[..3]).ShouldBe(["A-1", "A-2", "A-3", "A-4", "A-5"]);
        statement[1].ShouldBe("A-2  42.00 refunded over NorthPay");
        statement[4].ShouldContain("SouthPay");
    }

    // the page shows what was printed once: ports and weights are others each time
    private static string Masked(string text) => Number().Replace(text, "#");

    private static string[] Documented([CallerFilePath] string source = "")
    {
        string page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(source)!, "../../../docs/healing.md")).ReplaceLineEndings("\n");
        int start = page.IndexOf("order A-2", StringComparison.Ordinal);
        return page[start..page.IndexOf("\n```", start, StringComparison.Ordinal)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Number();
}
