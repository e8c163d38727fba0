using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SelfHealing;

/// <summary>A payment service on loopback. It books a refund at the bank, and answers; unless it dies in between.</summary>
internal sealed class PaymentService : IAsyncDisposable
{
    private readonly string _name;
    private readonly Bank _bank;
    private readonly HttpListener _listener = new();
    private readonly string _address;
    private readonly Task _serving;

    public PaymentService(string name, Bank bank)
    {
        (_name, _bank) = (name, bank);
        _address = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(_address);
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Gets the order whose refund is booked and never answered: the service dies with it.</summary>
    public string? DiesWith { get; init; }

    public async Task<string> RefundAsync(HttpClient http, string order, decimal amount, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await http.PostAsync(new Uri(_address + order), new StringContent(amount.ToString(CultureInfo.InvariantCulture)), cancellationToken);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext call = await _listener.GetContextAsync();
                string order = call.Request.Url!.AbsolutePath.Trim('/');
                using var reader = new StreamReader(call.Request.InputStream);
                decimal amount = decimal.Parse(await reader.ReadToEndAsync(), CultureInfo.InvariantCulture);
                string refund = _bank.Book(_name, order, amount);
                if (order == DiesWith)
                {
                    // the answer has begun, and breaks off
                    call.Response.ContentLength64 = 1_000;
                    await call.Response.OutputStream.WriteAsync(new byte[1]);
                    call.Response.Abort();
                    _listener.Abort();
                    return;
                }

                await using var writer = new StreamWriter(call.Response.OutputStream);
                await writer.WriteAsync(refund);
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                // it was closed
                return;
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
