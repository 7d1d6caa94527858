using Microsoft.EntityFrameworkCore;

namespace Parley.Server.Storage;

/// <summary>Meetings in the node's database.</summary>
internal sealed class MeetingRepository(IDbContextFactory<ParleyDbContext> contexts) : IMeetingRepository
{
    /// <inheritdoc />
    public async Task AddAsync(MeetingRecord meeting, CancellationToken cancellation = default)
    {
        await using ParleyDbContext database = await contexts.CreateDbContextAsync(cancellation);
        database.Meetings.Add(meeting);
        await database.SaveChangesAsync(cancellation);
    }

    /// <inheritdoc />
    public async Task<MeetingRecord?> FindAsync(string id, CancellationToken cancellation = default)
    {
        await using ParleyDbContext database = await contexts.CreateDbContextAsync(cancellation);
        return await database.Meetings.AsNoTracking().SingleOrDefaultAsync(meeting => meeting.Id == id, cancellation);
    }

    /// <inheritdoc />
    public async Task UpdateAsync(MeetingRecord meeting, CancellationToken cancellation = default)
    {
        await using ParleyDbContext database = await contexts.CreateDbContextAsync(cancellation);
        database.Meetings.Update(meeting);
        await database.SaveChangesAsync(cancellation);
    }

    /// <inheritdoc />
    public async Task CheckAsync(CancellationToken cancellation = default)
    {
        await using ParleyDbContext database = await contexts.CreateDbContextAsync(cancellation);
        await database.Meetings.AnyAsync(cancellation);
    }
}
