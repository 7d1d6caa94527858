namespace Parley.Routing.Planning;

/// <summary>For small meetings: moves each person to each node, and exchanges each two, with a tree of its own for each trial.</summary>
internal sealed class ExactStep
{
    private readonly PlanProblem _problem;
    private readonly Placement _trial;
    private readonly int[] _at;

    public ExactStep(PlanProblem problem)
    {
        _problem = problem;
        _trial = new(problem);
        _at = new int[problem.People.Length];
    }

    /// <summary>Goes over all such steps and takes each that wins; true when one did.</summary>
    public bool Sweep(Placement placement)
    {
        bool won = false;
        for (int person = 0; person < _at.Length; person++)
        {
            for (int node = 0; node < _problem.Nodes.Length; node++)
            {
                if (placement.People[node] < _problem.Capacity(node))
                    won |= TryMove(placement, person, node);
            }

            for (int other = 0; other < person; other++)
                won |= TryExchange(placement, person, other);
        }

        return won;
    }

    private bool TryMove(Placement placement, int person, int node)
    {
        if (placement.At[person] == node || double.IsPositiveInfinity(_problem.Half(person, node)))
            return false;
        placement.At.CopyTo(_at, 0);
        _at[person] = node;
        return Wins(placement);
    }

    private bool TryExchange(Placement placement, int person, int other)
    {
        (int here, int there) = (placement.At[person], placement.At[other]);
        if (here == there || double.IsPositiveInfinity(_problem.Half(person, there)) || double.IsPositiveInfinity(_problem.Half(other, here)))
            return false;
        placement.At.CopyTo(_at, 0);
        (_at[person], _at[other]) = (there, here);
        return Wins(placement);
    }

    private bool Wins(Placement placement)
    {
        _trial.Load(_at);
        if (_trial.Cost >= placement.Cost - 1e-9)
            return false;
        placement.Load(_at);
        return true;
    }
}
