using System.Collections.Concurrent;
using System.Globalization;

namespace SelfHealing;

/// <summary>Where the money really goes, whatever a payment service answers.</summary>
internal sealed class Bank
{
    private readonly ConcurrentQueue<(string Order, string Refund)> _bookings = [];

    public IEnumerable<string> Statement => _bookings.Select(booking => $"{booking.Order}  {booking.Refund}");

    /// <summary>Books a refund.</summary>
    /// <returns>What the service answers then.</returns>
    public string Book(string service, string order, decimal amount)
    {
        string refund = string.Create(CultureInfo.InvariantCulture, $"{amount:0.00} refunded over {service}");
        _bookings.Enqueue((order, refund));
        return refund;
    }

    /// <summary>Finds what the service answered, or would have; nothing where no refund of the order was booked.</summary>
    public string? Find(string order) => _bookings.FirstOrDefault(booking => booking.Order == order).Refund;
}
