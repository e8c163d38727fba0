namespace AgentRouter.Cli.Commands.Memory.Show.Pages;

/// <summary>The look of a page, light or dark as the reader's system is.</summary>
internal static class PageStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --back: #fbfbfa; --card: #ffffff; --ink: #1f2328; --muted: #68707a; --line: #b9c0c8; --rule: #e4e6e9;
          --source: #6f5b96; --episode: #2f6ea5; --fact: #2e7d4f; --concept: #b3611b; --reflection: #a33a61; }
        @media (prefers-color-scheme: dark) { :root { --back: #15181c; --card: #1d2126; --ink: #e3e6ea; --muted: #9aa3ad; --line: #56606b; --rule: #30363d;
          --source: #b7a3e0; --episode: #7fb8e8; --fact: #7fcb9d; --concept: #e8a66a; --reflection: #e88fb0; } }
        * { box-sizing: border-box; }
        body { margin: 0; padding: 28px 32px 48px; background: var(--back); color: var(--ink); font: 14px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
        main { max-width: 1400px; margin: 0 auto; }
        h1 { font-size: 22px; line-height: 1.3; margin: 0 0 2px; overflow-wrap: anywhere; }
        p { margin: 0 0 14px; color: var(--muted); }
        .legend { display: flex; flex-wrap: wrap; gap: 6px 18px; margin: 0 0 14px; padding: 0; list-style: none; color: var(--muted); }
        .legend i { display: inline-block; width: 12px; height: 12px; margin-right: 6px; border-radius: 3px; vertical-align: -1px; background: var(--kind); }
        .picture { overflow-x: auto; padding: 8px; border: 1px solid var(--rule); border-radius: 10px; background: var(--card); }
        svg { display: block; width: 100%; height: auto; margin: 0 auto; }
        svg text { font-size: 12px; text-anchor: middle; dominant-baseline: central; fill: var(--ink); }
        .k-source { --kind: var(--source); } .k-episode { --kind: var(--episode); } .k-fact { --kind: var(--fact); }
        .k-concept { --kind: var(--concept); } .k-reflection { --kind: var(--reflection); }
        .node rect { fill: color-mix(in srgb, var(--kind) 12%, var(--card)); stroke: var(--kind); stroke-width: 1.2; }
        .node.middle rect { fill: var(--kind); } .node.middle text { fill: var(--card); font-size: 15px; font-weight: 600; }
        .node.old { opacity: .55; } .node.old rect { stroke-dasharray: 4 3; }
        .node:hover rect { stroke-width: 2.4; }
        .edge { fill: none; stroke: var(--line); opacity: .75; } .edge:hover { stroke: var(--ink); opacity: 1; }
        .e-next, .e-partof { stroke-dasharray: 4 4; } .e-contradicts, .e-supersedes { stroke: var(--reflection); }
        marker path { fill: var(--line); }
        table { width: 100%; margin-top: 26px; border-collapse: collapse; }
        th { text-align: left; font-weight: 600; color: var(--muted); } th, td { padding: 6px 14px 6px 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
        td.number { color: var(--muted); text-align: right; font-variant-numeric: tabular-nums; } td.when { white-space: nowrap; color: var(--muted); }
        td.kind { color: var(--kind); } td.text { overflow-wrap: anywhere; } tr:target td { background: color-mix(in srgb, var(--kind) 14%, transparent); }
        """;
}
