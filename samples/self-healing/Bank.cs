using System.Collections.Concurrent;
using System.Globalization;

namespace SelfHealing;

/// <summary>Where the money really goes, whatever a payment service answers.</summary>
internal sealed class Bank
{
    private readonly ConcurrentQueue<(string Order, string Line)> _bookings = [];

    public IEnumerable<string> Statement => _bookings.Select(booking => booking.Line);

    public void Book(string service, string order, decimal amount) =>
        _bookings.Enqueue((order, string.Create(CultureInfo.InvariantCulture, $"{order}  {amount:0.00} refunded over {service}")));

    /// <summary>Finds the booking of an order; nothing when there is none.</summary>
    public string? Find(string order) => _bookings.FirstOrDefault(booking => booking.Order == order).Line;
}
