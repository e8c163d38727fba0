namespace AgentRouter.Cli.Tests.Shipped;

/// <summary>Copies what ships into a folder, with a quick check in place of the sample's build and tests.</summary>
internal static class ShippedProject
{
    // what the sample's tests find out by running the code, seen in the code; a failure names the tests as the real report does
    private const string Check = """
        status=0
        expect() { grep -qF "$1" "src/Shop.Pricing/$2" || { echo "  Failed Shop.Pricing.Tests.$3 [1 ms]"; status=1; }; }
        expect 'line.ListPrice * (1 - VolumeDiscount' LinePricer.cs LinePricerTests.A_line_is_rounded_once_at_its_end
        expect 'return Cents.Round(price);' LinePricer.cs LinePricerTests.A_line_is_rounded_once_at_its_end
        expect 'coupon.AppliesTo(subtotal)' Checkout.cs CheckoutTests.A_coupon_needs_its_minimum_after_volume_discounts
        expect 'coupon.DiscountOn(subtotal)' Checkout.cs CheckoutTests.A_coupon_is_taken_off_the_subtotal
        expect 'goods >= FreeShippingFrom' Checkout.cs CheckoutTests.Free_shipping_looks_at_the_price_after_the_coupon
        expect 'amount >= MinimumOrder' Coupon.cs CheckoutTests.A_coupon_counts_at_exactly_its_minimum
        exit $status
        """;

    /// <summary>The repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Copies the agents, the skills, the graphs and the sample workspace, and lets the test node run the quick check.</summary>
    public static void CopyTo(string folder)
    {
        foreach (string part in new[] { "agents", "skills", "graphs", "samples/coding/workspace" })
            CopyFolder(Path.Combine(Root, part), Path.Combine(folder, part));
        File.WriteAllText(Path.Combine(folder, "samples/coding/workspace/check.sh"), Check.ReplaceLineEndings("\n"));
        string graph = Path.Combine(folder, "graphs/fix-failing-test.yaml");
        const string Real = "    tool: workspace.test\n";
        string text = File.ReadAllText(graph).ReplaceLineEndings("\n");
        text.ShouldContain(Real);
        File.WriteAllText(graph, text.Replace(Real, Real + "    arguments: { command: sh check.sh }\n", StringComparison.Ordinal));
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (string folder in Directory.EnumerateDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
            CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "AgentRouter.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests must run inside the repository.");
    }
}
