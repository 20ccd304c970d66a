using System.CommandLine;
using ChatLock.Client.Rooms;

namespace ChatLock.ConsoleClient.Cli;

/// <summary>The command line: commands, arguments, and what each comes to.</summary>
internal sealed class CommandLineTree
{
    private readonly CommonOptions _options = new();
    private readonly Func<ConnectedRun, Task<int>> _run;
    private readonly Func<LabRun, int> _runLab;

    /// <param name="run">Runs what needs a gateway.</param>
    /// <param name="runLab">Runs what needs none.</param>
    public CommandLineTree(Func<ConnectedRun, Task<int>> run, Func<LabRun, int> runLab)
    {
        (_run, _runLab) = (run, runLab);
        Root = new RootCommand("ChatLock: end-to-end encrypted chat. Without a command: join.");
        foreach (var option in _options.All)
            Root.Add(option);
        var server = ServerArgument();
        Root.Add(server);
        Connects(Root, server, parsed => Join(parsed, server));
        Root.Add(Join());
        Root.Add(Send());
        Root.Add(Tail());
        Root.Add(Who());
        Root.Add(Verify());
        Root.Add(Lab());
    }

    public RootCommand Root { get; }

    private Command Join()
    {
        var command = new Command("join", "Chat: lines in, lines out, or a line editor on a terminal.");
        var server = ServerArgument();
        command.Add(server);
        return Connects(command, server, parsed => Join(parsed, server));
    }

    private Invocation.Join Join(ParseResult parsed, Argument<string?> server)
    {
        var given = parsed.GetValue(server) ?? parsed.GetValue(_options.Server);
        return new Invocation.Join(given is not null && InviteLink.HasRoom(given) ? given : null);
    }

    private Command Send()
    {
        var to = new Option<string?>("--to") { HelpName = "NAME", Description = "One receiver; without it, all." };
        var text = new Argument<string[]>("text") { Description = "What to say; without it, each line of standard input as it is.", Arity = ArgumentArity.ZeroOrMore };
        var room = RoomOption();
        var command = new Command("send", "Sends, waits until it is acknowledged, and leaves.") { to, room, text };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(to) is not null && parsed.GetValue(room) is not null)
                parsed.AddError("--to and --room: one of them.");
        });
        return Connects(command, null, parsed => new Invocation.Send(
            parsed.GetValue(to), parsed.GetValue(room), parsed.GetValue(text) is { Length: > 0 } words ? string.Join(' ', words) : null));
    }

    private Command Tail()
    {
        var room = RoomOption();
        var command = new Command("tail", "Shows what is said, until interrupted.") { room };
        return Connects(command, null, parsed => new Invocation.Tail(parsed.GetValue(room)));
    }

    private static Option<string?> RoomOption() => new("--room")
    {
        HelpName = "ROOM",
        Description = "A room to enter: #NAME, or an invite's link or code.",
    };

    private Command Who() => Connects(new Command("who", "Tells who is here."), null, _ => new Invocation.Who());

    private Command Verify()
    {
        var name = new Argument<string>("name") { Description = "Whose key." };
        var fingerprint = new Argument<string[]>("fingerprint")
        {
            Description = "What it must be, 64 hexadecimal digits or 12 words; then it is marked as verified.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("verify", "Shows both fingerprints, or compares one. Exit code 5: another key.") { name, fingerprint };
        return Connects(command, null, parsed => new Invocation.Verify(
            parsed.GetRequiredValue(name), parsed.GetValue(fingerprint) is { Length: > 0 } parts ? string.Join(' ', parts) : null));
    }

    private Command Lab()
    {
        var lab = new Command("lab", "Shows DES and ECDSA step by step, for values given by hand. INSECURE: for lessons.");
        lab.Add(LabDes());
        lab.Add(LabEcdsa());
        return lab;
    }

    private Command LabDes()
    {
        var key = new Argument<string>("key") { Description = "16 hexadecimal digits." };
        var input = new Argument<string>("block-or-text") { Description = "16 hexadecimal digits are a block; anything else is text." };
        var decrypt = new Option<bool>("--decrypt") { Description = "Decrypt a block." };
        var command = new Command("des", "DES: key schedule and every round.") { key, input, decrypt };
        command.SetAction(parsed => _runLab(new LabRun.Des(
            parsed.GetRequiredValue(key), parsed.GetRequiredValue(input), parsed.GetValue(decrypt))));
        return command;
    }

    private Command LabEcdsa()
    {
        var message = new Argument<string>("message") { Description = "What is signed." };
        var curve = new Option<string>("--curve") { HelpName = "CURVE", Description = "p256, or small: y^2 = x^3 + x + 4 over F23.", DefaultValueFactory = _ => "p256" };
        var d = new Option<string?>("--key") { HelpName = "D", Description = "The private key, in hexadecimal or decimal; without it, a random one." };
        var k = new Option<string?>("--nonce") { HelpName = "K", Description = "The nonce k; without it, by RFC 6979." };
        var steps = new Option<bool>("--steps") { Description = "Each step of every multiplication and inversion." };
        var command = new Command("ecdsa", "ECDSA: r, s and their verification.") { message, curve, d, k, steps };
        command.SetAction(parsed => _runLab(new LabRun.Ecdsa(
            parsed.GetRequiredValue(message), parsed.GetRequiredValue(curve), parsed.GetValue(d), parsed.GetValue(k), parsed.GetValue(steps))));
        return command;
    }

    private static Argument<string?> ServerArgument() => new("server")
    {
        Description = "host[:port], chatlock://host:port#sha256=HEX or an invite's link; by default 127.0.0.1:4600.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private Command Connects(Command command, Argument<string?>? server, Func<ParseResult, Invocation> invocation)
    {
        command.SetAction((parsed, _) => _run(new ConnectedRun(
            invocation(parsed),
            [.. _options.Given(parsed, server is not null && parsed.GetValue(server) is { } given ? InviteLink.WithoutRoom(given) : null)],
            parsed.GetValue(_options.Config))));
        return command;
    }
}
