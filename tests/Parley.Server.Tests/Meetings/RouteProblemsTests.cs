using Parley.Routing.Geofences;
using Parley.Routing.Routes;
using Parley.Server.Meetings;
using Parley.Server.Problems;

namespace Parley.Server.Tests.Meetings;

public class RouteProblemsTests
{
    [Theory]
    [InlineData(RouteRules.FenceConflict, 409)]
    [InlineData(RouteRules.NoRegionAllowed, 422)]
    [InlineData(RouteRules.HomeOutsideFence, 422)]
    [InlineData(RouteRules.OutOfReach, 503)]
    [InlineData(RouteRules.NoCapacity, 503)]
    [InlineData(RouteRules.TightenNeedsHost, 409)]
    [InlineData(RouteRules.TightenRefused, 403)]
    [InlineData(RouteRules.HostSilent, 408)]
    [InlineData("selector-unknown", 422)]
    public void Each_rule_has_the_status_of_the_protocol(string rule, int status)
    {
        Problem problem = RouteProblems.Of(new RouteRefusal { Rule = rule, Sentence = "A sentence." }).ToProblem();
        Assert.Equal((rule, status, "A sentence.", $"/problems/{rule}"), (problem.Code, problem.Status, problem.Detail, problem.Type));
        Assert.Null(problem.Regions);
        Assert.Null(problem.Conflicts);
    }

    [Fact]
    public void Whose_rule_it_is_is_told_by_scope_only()
    {
        RouteRefusal refusal = new()
        {
            Rule = RouteRules.FenceConflict,
            Scope = GeofenceScope.Participant,
            Owner = "p_secret",
            Sentence = "A sentence.",
            Verdicts = [new RegionVerdict("eu-fra", false, "deny country:DE", GeofenceScope.Participant, "p_secret", "Because.")],
            Conflicts = [new RouteConflict(GeofenceScope.Participant, "", ["eu-fra"])],
        };
        string json = ProblemWriter.ToJson(RouteProblems.Of(refusal).ToProblem());
        Assert.DoesNotContain("p_secret", json, StringComparison.Ordinal);
        Assert.Contains("\"scope\":\"participant\"", json, StringComparison.Ordinal);
        Assert.Contains("\"conflicts\":[{\"scope\":\"participant\",\"rule\":\"\",\"regions\":[\"eu-fra\"]}]", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_to_call_instead_is_told_and_followed_by_a_header()
    {
        ProblemException refusal = FenceRefusals.Misdirected("us-nyc", "https://a.example", "https://a.example/x", 307);
        Problem problem = refusal.ToProblem();
        Assert.Equal(("https://a.example", "https://a.example/x"), (problem.FrontDoor, problem.Location));
        Assert.DoesNotContain("location", ProblemWriter.ToJson(problem), StringComparison.OrdinalIgnoreCase);
    }
}
