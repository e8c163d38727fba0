using AgentRouter.Tools.Functions;
using AgentRouter.Tools.Workspace.Files;
using AgentRouter.Tools.Workspace.Http;

namespace AgentRouter.Tools.Workspace;

/// <summary>The tools that work on a run's folder: read, write, edit, list, search, run, test and httpGet.</summary>
public sealed class WorkspaceToolSource : IToolSource
{
    private readonly WorkspaceToolOptions _options;

    /// <summary>Makes the source.</summary>
    /// <param name="options">What the tools may do; the defaults when not given.</param>
    public WorkspaceToolSource(WorkspaceToolOptions? options = null)
    {
        _options = options ?? new WorkspaceToolOptions();
        _options.Validate();
    }

    /// <inheritdoc/>
    public string Name => WorkspaceToolDescriptions.SourceName;

    /// <inheritdoc/>
    public IReadOnlyList<ToolDescription> Descriptions => WorkspaceToolDescriptions.All;

    /// <inheritdoc/>
    /// <exception cref="ToolException">The run has no workspace, or its folder is not there.</exception>
    public ValueTask<IToolSession> OpenAsync(ToolContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        if (context.WorkspaceRoot is not { } folder)
        {
            throw new ToolException("The workspace tools need a workspace: give the workflow an input of type directory named workspace.");
        }

        return ValueTask.FromResult<IToolSession>(new WorkspaceToolSession(new WorkspaceRoot(folder), _options, context));
    }

    private sealed class WorkspaceToolSession : IToolSession
    {
        private readonly WorkspaceFiles _files;
        private readonly WorkspaceCommands _commands;
        private readonly HttpGetTool _http;

        public WorkspaceToolSession(WorkspaceRoot root, WorkspaceToolOptions options, ToolContext context)
        {
            _files = new WorkspaceFiles(root, options.FileBytes);
            _commands = new WorkspaceCommands(root, options, context);
            _http = new HttpGetTool(options, context.TimeProvider);
            var walk = new WorkspaceWalk(root);
            Tools =
            [
                ToolFunction.Create(ReadTool.Description, new ReadTool(_files, options.OutputCharacters).ReadAsync, isReadOnly: true),
                ToolFunction.Create(WriteTool.Description, new WriteTool(_files).WriteAsync),
                ToolFunction.Create(EditTool.Description, new EditTool(_files).EditAsync),
                ToolFunction.Create(ListTool.Description, new ListTool(walk).ListAsync, isReadOnly: true),
                ToolFunction.Create(SearchTool.Description, new SearchTool(_files, walk).SearchAsync, isReadOnly: true),
                ToolFunction.Create(RunTool.Description, new RunTool(_commands, options.RunTimeout).RunAsync),
                ToolFunction.Create(TestTool.Description, new TestTool(_commands, root, options).TestAsync),
                ToolFunction.Create(HttpGetTool.Description, _http.GetAsync),
            ];
        }

        public IReadOnlyList<OpenTool> Tools { get; }

        public ValueTask DisposeAsync()
        {
            _http.Dispose();
            _commands.Dispose();
            _files.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
