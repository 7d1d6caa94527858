using Microsoft.EntityFrameworkCore;

namespace Parley.Server.Storage;

/// <summary>Routes' memories in the node's database.</summary>
internal sealed class RouteMemories(IDbContextFactory<ParleyDbContext> contexts) : IRouteMemories
{
    /// <inheritdoc />
    public async Task<string?> FindAsync(string meeting, CancellationToken cancellation = default)
    {
        await using ParleyDbContext database = await contexts.CreateDbContextAsync(cancellation);
        return (await database.RouteMemories.AsNoTracking().SingleOrDefaultAsync(memory => memory.Meeting == meeting, cancellation))?.Text;
    }

    /// <inheritdoc />
    public async Task StoreAsync(string meeting, string? text, CancellationToken cancellation = default)
    {
        await using ParleyDbContext database = await contexts.CreateDbContextAsync(cancellation);
        RouteMemoryRecord? known = await database.RouteMemories.SingleOrDefaultAsync(memory => memory.Meeting == meeting, cancellation);
        if (text is null && known is not null)
            database.RouteMemories.Remove(known);
        else if (text is not null && known is not null)
            known.Text = text;
        else if (text is not null)
            database.RouteMemories.Add(new RouteMemoryRecord { Meeting = meeting, Text = text });
        await database.SaveChangesAsync(cancellation);
    }
}
