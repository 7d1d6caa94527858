using System.Reflection;

namespace Parley.Architecture;

public class ReferenceTests
{
    public static TheoryData<string> Projects => [.. House.MayReference.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_projects_above_it(string project)
    {
        IEnumerable<string> seen = Assembly.Load(project).GetReferencedAssemblies()
            .Select(static name => name.Name!)
            .Where(static name => name.StartsWith("Parley.", StringComparison.Ordinal));
        Assert.Empty(seen.Except(House.MayReference[project]));
    }

    [Fact]
    public void Only_the_adapter_knows_the_dtls_library()
    {
        IEnumerable<string> knowing = House.Assemblies
            .Where(static assembly => assembly.GetReferencedAssemblies().Any(static name => name.Name!.StartsWith("BouncyCastle", StringComparison.Ordinal)))
            .Select(static assembly => assembly.GetName().Name!);
        Assert.Equal(["Parley.Dtls"], knowing);
    }

    [Fact]
    public void Pure_projects_reference_the_runtime_only()
    {
        foreach (string project in House.Pure)
        {
            IEnumerable<string> foreign = Assembly.Load(project).GetReferencedAssemblies()
                .Select(static name => name.Name!)
                .Where(static name => !name.StartsWith("System.", StringComparison.Ordinal) && !name.StartsWith("Parley.", StringComparison.Ordinal));
            Assert.Empty(foreign);
        }
    }
}
