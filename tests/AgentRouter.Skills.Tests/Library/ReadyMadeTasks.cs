namespace AgentRouter.Skills.Tests.Library;

/// <summary>Tasks in the words of users, with the ready-made skill that is for them.</summary>
internal static class ReadyMadeTasks
{
    public static IReadOnlyList<(string Skill, string Task)> All { get; } =
    [
        ("fix-a-failing-test", "CI is red: three tests in CheckoutTests fail since this morning, get them green again"),
        ("fix-a-failing-test", "dotnet test shows 2 failures in the pricing project. Please fix the code, the tests are right."),
        ("fix-a-failing-test", "OrderTotalTests expects 97.20 but gets 96.00, repair it"),
        ("fix-a-failing-test", "The build server says AddsTaxTwice is failing, the assertion is off by one cent"),

        ("review-a-change", "Have a look at this pull request and tell me whether we can merge it"),
        ("review-a-change", "Review my diff before I hand it over"),
        ("review-a-change", "Can this patch go in? Tests pass."),
        ("review-a-change", "My colleague changed the retry logic; would you approve it?"),

        ("cite-sources", "Write a short report from the documents in docs/ and give the source for each fact"),
        ("cite-sources", "Check that the references in this report really exist"),
        ("cite-sources", "Every claim in the summary needs a citation to the file it comes from"),
        ("cite-sources", "Add footnotes saying which document each statement is from"),

        ("write-an-xunit-test", "Add unit tests for the DateRange class"),
        ("write-an-xunit-test", "We have no test for the case of an empty cart, cover it with xunit"),
        ("write-an-xunit-test", "Write a [Theory] with edge cases for the parser"),
        ("write-an-xunit-test", "Increase the test coverage of LinePricer"),

        ("bisect-a-regression", "It worked in 2.3 and is broken in 2.4, find the commit that did it"),
        ("bisect-a-regression", "Which commit introduced this bug?"),
        ("bisect-a-regression", "Something in the last fifty commits broke the export, track down which one"),
        ("bisect-a-regression", "Since last week's merge startup throws. Go through the history until you find when that began"),

        ("read-a-stack-trace", "We got this NullReferenceException in production, here is the trace: at Shop.Cart.Add(Item item). What went wrong?"),
        ("read-a-stack-trace", "Explain this exception from the log"),
        ("read-a-stack-trace", "The service crashed with an AggregateException, here is the call stack. Where do I look?"),
        ("read-a-stack-trace", "System.InvalidOperationException: Sequence contains no elements at System.Linq.ThrowHelper, where does it come from?"),

        ("summarise-a-paper", "Give me the gist of this arXiv article in a page"),
        ("summarise-a-paper", "What does the attached paper claim and how good is the evidence?"),
        ("summarise-a-paper", "Summarize paper.pdf for the team: method, results, limitations"),
        ("summarise-a-paper", "Read this publication and write an abstract a manager understands"),

        ("compare-sources", "These two articles disagree about the default timeout. Which one is right?"),
        ("compare-sources", "Compare what the three documents say about data retention"),
        ("compare-sources", "Put the vendors' reports side by side and tell me where they contradict each other"),
        ("compare-sources", "Our wiki says 30 days, the contract says 14; sort out what is true"),

        ("reproduce-a-bug", "A customer reports that the import hangs on large files, can you make it happen here?"),
        ("reproduce-a-bug", "Turn this bug report into the smallest example that shows the problem"),
        ("reproduce-a-bug", "I can't reproduce issue 142, please try"),
        ("reproduce-a-bug", "The app sometimes loses a message. Find steps that trigger it reliably"),

        ("upgrade-a-dependency", "Move us from Newtonsoft.Json 12 to 13"),
        ("upgrade-a-dependency", "Update all NuGet packages to the latest version and fix what breaks"),
        ("upgrade-a-dependency", "Serilog has a security advisory, bump it to a fixed version"),
        ("upgrade-a-dependency", "We are still on net8.0, take the solution to .NET 10"),

        ("profile-slow-code", "The nightly report takes 40 minutes, find out why it is so slow"),
        ("profile-slow-code", "Make ParseLine faster, it is the hot path"),
        ("profile-slow-code", "Memory grows and the garbage collector eats half of the CPU, where do the allocations come from?"),
        ("profile-slow-code", "CPU is at 100 % when we sort the catalogue: which method is the bottleneck?"),

        ("write-a-commit-message", "Commit what I have staged with a good message"),
        ("write-a-commit-message", "Write the message for this commit"),
        ("write-a-commit-message", "Describe these changes for the git log"),
        ("write-a-commit-message", "Sum up the diff in one subject line and a body that says why"),

        ("plan-a-change", "How would you go about adding multi-currency support? Don't write code yet."),
        ("plan-a-change", "Plan the move of the user table to a new schema, step by step"),
        ("plan-a-change", "Break this feature request into steps another developer can carry out"),
        ("plan-a-change", "Before anyone touches the billing module: what has to change where, in which order, and what could go wrong?"),

        ("review-for-security", "Is this upload endpoint safe against attackers?"),
        ("review-for-security", "Look through the code for vulnerabilities such as SQL injection"),
        ("review-for-security", "Do a security audit of the login"),
        ("review-for-security", "Could somebody read other users' invoices by guessing the id in the URL?"),

        ("explain-a-codebase", "I'm new to this repository, how is it organised and where do I start?"),
        ("explain-a-codebase", "Give me an overview of the architecture of this project"),
        ("explain-a-codebase", "How does a request get from the controller to the database in this code base?"),
        ("explain-a-codebase", "Walk me through what this code does"),

        ("write-release-notes", "What changed between v1.4 and v1.5? Write it up for our users"),
        ("write-release-notes", "Draft the changelog entry for the next release"),
        ("write-release-notes", "Announce version 3.0: new features, breaking changes, how to upgrade"),
        ("write-release-notes", "List what is new since the last tag in words a customer understands"),
    ];
}
