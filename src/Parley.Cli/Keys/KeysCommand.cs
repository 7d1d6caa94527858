using System.CommandLine;
using Parley.Cli.Serving;

namespace Parley.Cli.Keys;

/// <summary><c>parley keys</c>: the operator key, node keys, and the directory that ties them to regions.</summary>
public static class KeysCommand
{
    private const int WrongUse = 2;

    private static readonly Option<string> Data = new("--data") { Description = $"The folder whose keys are meant (its subfolder keys/, readable by its owner only). Default: {DataHome.Default}.", HelpName = "DIR", DefaultValueFactory = static _ => DataHome.Default };
    private static readonly Option<string> Draft = new("--directory") { Description = "The directory as readable JSON: regions, nodes, groups, revoked, validDays.", HelpName = "FILE", Required = true };
    private static readonly Option<string?> Out = new("--out") { Description = "Where the signed directory is written, for the nodes to read. Default: directory.signed in the folder of --data.", HelpName = "FILE" };
    private static readonly Option<string> Node = new("--node") { Description = "The node's id in the directory.", HelpName = "ID", Required = true };
    private static readonly Option<string> Region = new("--region") { Description = "The region of the node, for the entry that is printed.", HelpName = "ID", DefaultValueFactory = static _ => "REGION" };

    /// <summary>The command with its subcommands.</summary>
    public static Command Create() => new("keys", "Makes, shows, rotates and revokes keys, and signs the directory of regions and nodes.")
    {
        Sub("operator", "Makes the operator key, which signs directories and node certificates. Keep its folder offline.", [Data],
            static parsed => KeyTasks.MakeOperator(parsed.GetValue(Data)!, Console.Out)),
        Sub("node", "Makes a node's key and prints the node's entry for the directory.", [Data, Region],
            static parsed => KeyTasks.MakeNode(parsed.GetValue(Data)!, parsed.GetValue(Region)!, Console.Out)),
        Sub("show", "Shows the keys of a folder: fingerprints, public halves and what invitation links carry as #k=.", [Data],
            static parsed => KeyTasks.Show(parsed.GetValue(Data)!, Console.Out)),
        Sub("sign", "Signs the next version of the directory with the operator key, and a certificate for each of its nodes.", [Data, Draft, Out],
            static parsed => KeyTasks.Sign(parsed.GetValue(Data)!, parsed.GetValue(Draft)!, parsed.GetValue(Out), Console.Out)),
        Sub("rotate", "Makes the key that is to follow a node's key. The node takes it at its first start after the directory lists it.", [Data, Region],
            static parsed => KeyTasks.Rotate(parsed.GetValue(Data)!, parsed.GetValue(Region)!, Console.Out)),
        Sub("revoke", "Takes a node out of the readable directory, puts its key among the revoked ones, and signs the next version.", [Data, Draft, Out, Node],
            static parsed => KeyTasks.Revoke(parsed.GetValue(Data)!, parsed.GetValue(Draft)!, parsed.GetValue(Out), parsed.GetValue(Node)!, Console.Out)),
    };

    private static Command Sub(string name, string description, Option[] options, Action<ParseResult> run)
    {
        Command command = new(name, description);
        foreach (Option option in options)
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            try
            {
                run(parsed);
                return 0;
            }
            catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(fault.Message);
                return WrongUse;
            }
        });
        return command;
    }
}
