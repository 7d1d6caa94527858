using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Parley.Server.Storage;

namespace Parley.Server.Tests.Storage;

public sealed class MigrationTests : IDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("parley-test-").FullName;

    [Fact]
    public async Task A_meeting_from_before_geofences_is_open()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using (ParleyDbContext before = Open())
        {
            await before.GetService<IMigrator>().MigrateAsync("Initial", cancellation);
            await before.Database.ExecuteSqlRawAsync(
                "INSERT INTO meetings (Id, Title, Locked, HostKeyHash, HomeRegion, CreatedAt) VALUES ('local-00000000000000000000', 'Old', 0, x'00', 'local', 1)", cancellation);
        }

        await using ParleyDbContext after = Open();
        await after.Database.MigrateAsync(cancellation);
        MeetingRecord meeting = await after.Meetings.SingleAsync(cancellation);
        Assert.True(meeting.Geofence.IsOpen);
        Assert.Equal(MeetingRecord.DefaultTightenLimit, meeting.TightenLimit);
    }

    [Fact]
    public async Task A_meeting_from_before_encryption_is_not_encrypted()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using (ParleyDbContext before = Open())
        {
            await before.GetService<IMigrator>().MigrateAsync("Geofence", cancellation);
            await before.Database.ExecuteSqlRawAsync(
                "INSERT INTO meetings (Id, Title, Locked, HostKeyHash, HomeRegion, CreatedAt) VALUES ('local-00000000000000000000', 'Old', 0, x'00', 'local', 1)", cancellation);
        }

        await using ParleyDbContext after = Open();
        await after.Database.MigrateAsync(cancellation);
        MeetingRecord meeting = await after.Meetings.SingleAsync(cancellation);
        Assert.False(meeting.IsEncrypted);
        Assert.Null(meeting.FirstJoinedAt);
        Assert.False(after.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task The_migrations_make_what_the_code_stores()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using ParleyDbContext database = Open();
        await database.Database.MigrateAsync(cancellation);
        Assert.False(database.Database.HasPendingModelChanges());
        database.RouteMemories.Add(new RouteMemoryRecord { Meeting = "local-00000000000000000000", Text = "{}" });
        Assert.Equal(1, await database.SaveChangesAsync(cancellation));
    }

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    private ParleyDbContext Open() => new(new DbContextOptionsBuilder<ParleyDbContext>()
        .UseSqlite(new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder, "old.db"), Pooling = false }.ToString()).Options);
}
