using Microsoft.EntityFrameworkCore;

namespace Parley.Server.Storage;

/// <summary>The node's database.</summary>
internal sealed class ParleyDbContext(DbContextOptions<ParleyDbContext> options) : DbContext(options)
{
    private const int LongestGeofence = 8192;

    /// <summary>The meetings.</summary>
    public DbSet<MeetingRecord> Meetings => Set<MeetingRecord>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<MeetingRecord>(static meeting =>
    {
        meeting.ToTable("meetings");
        meeting.HasKey(record => record.Id);
        meeting.Property(record => record.Id).HasMaxLength(100);
        meeting.Property(record => record.Title).HasMaxLength(200);
        meeting.Property(record => record.HomeRegion).HasMaxLength(32);
        meeting.Property(record => record.HostKeyHash).HasMaxLength(32);
        meeting.Property(record => record.Geofence)
            .HasMaxLength(LongestGeofence)
            .HasConversion(static fence => GeofenceText.Write(fence), static text => GeofenceText.Read(text));
    });
}
