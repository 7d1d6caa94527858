using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Parley.Server.Storage;

/// <summary>The node's database.</summary>
internal sealed class ParleyDbContext(DbContextOptions<ParleyDbContext> options) : DbContext(options)
{
    private const int LongestGeofence = 8192;
    private const int LongestMeeting = 100;

    /// <summary>The meetings.</summary>
    public DbSet<MeetingRecord> Meetings => Set<MeetingRecord>();

    /// <summary>What meetings' routes must be told again after a restart.</summary>
    public DbSet<RouteMemoryRecord> RouteMemories => Set<RouteMemoryRecord>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<MeetingRecord>(Describe);
        modelBuilder.Entity<RouteMemoryRecord>(static memory =>
        {
            memory.ToTable("route_memories");
            memory.HasKey(record => record.Meeting);
            memory.Property(record => record.Meeting).HasMaxLength(LongestMeeting);
        });
    }

    private static void Describe(EntityTypeBuilder<MeetingRecord> meeting)
    {
        meeting.ToTable("meetings");
        meeting.HasKey(record => record.Id);
        meeting.Property(record => record.Id).HasMaxLength(LongestMeeting);
        meeting.Property(record => record.Title).HasMaxLength(200);
        meeting.Property(record => record.HomeRegion).HasMaxLength(32);
        meeting.Property(record => record.HostKeyHash).HasMaxLength(32);
        meeting.Property(record => record.Geofence)
            .HasMaxLength(LongestGeofence)
            .HasConversion(static fence => GeofenceText.Write(fence), static text => GeofenceText.Read(text));
    }
}
