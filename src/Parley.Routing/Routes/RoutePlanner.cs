using Parley.Routing.Planning;

namespace Parley.Routing.Routes;

/// <summary>Plans a meeting: <see cref="Planner.Plan"/>, or a stand-in for it.</summary>
/// <param name="world">The nodes and the network between them.</param>
/// <param name="request">The fence and the people.</param>
/// <param name="refusal">Why there is no plan.</param>
public delegate RoutePlan? RoutePlanner(PlanningWorld world, PlanRequest request, out PlanRefusal? refusal);
