using ChatLock.Protocol.Session;
using Xunit.Abstractions;
using static ChatLock.Protocol.Wire.ClientFrame;

namespace ChatLock.Protocol.Tests.Session;

/// <summary>Every frame in every phase, stated.</summary>
public sealed class ServerTableTests(ITestOutputHelper output)
{
    /// <summary>"Renaming" is Ready with a change of name under way. "no" is: closed with unexpected-frame.</summary>
    private const string Table =
        """
                | AwaitHello  | Claiming   | Entering   | Ready                             | Renaming                          | Closed
        None    | no          | no         | no         | reply 7 refused unsupported, credit  | reply 7 refused unsupported, credit  |
        Hello   | claim alice | no         | no         | no                                | no                                |
        Rename  | no          | no         | no         | claim bob                         | reply 7 refused too-fast, credit  |
        Join    | no          | no         | no         | join 7 #room                      | join 7 #room                      |
        Leave   | no          | no         | no         | reply 7 refused not-a-member, credit | reply 7 refused not-a-member, credit |
        Moderate | no         | no         | no         | reply 7 refused not-a-member, credit | reply 7 refused not-a-member, credit |
        List    | no          | no         | no         | list 7                            | list 7                            |
        Post    | no          | no         | no         | post 7                            | post 7                            |
        Private | no          | no         | no         | private 7                         | private 7                         |
        Ack     | no          | no         | no         | ack 9, reply 7 accepted, credit   | ack 9, reply 7 accepted, credit   |
        Who     | no          | no         | no         | who 7                             | who 7                             |
        Ping    | no          | no         | no         | reply 7 accepted, credit          | reply 7 accepted, credit          |
        Bye     | close left  | close left | close left | close left                        | close left                        |
        Pong    | no          | no         | no         | credit                            | credit                            |
        """;

    /// <summary>What isn't a frame, in every phase.</summary>
    private const string OtherInputs =
        """
                    | AwaitHello     | Claiming                               | Entering       | Ready                    | Renaming                                     | Closed
        NameGranted |                | enter bob                              |                |                          | renamed bob, reply 5 renamed bob, credit     |
        NameRefused |                | reply 1 refused name-taken, credit     |                |                          | reply 5 refused name-taken, credit           |
        Entered     |                |                                        | welcome 1 alice, credit |                 |                                              |
        Answered    |                |                                        |                | reply 9 accepted, credit | reply 9 accepted, credit                     |
        Admitted    |                |                                        |                |                          |                                              |
        NotAdmitted |                |                                        | withdraw, reply 1 refused room-full, credit |  |                                         |
        Expelled    |                |                                        |                |                          |                                              |
        Ended       | close too-slow detached | close too-slow detached       | close too-slow detached | close too-slow detached | close too-slow detached              |
        Tick        |                |                                        |                |                          |                                              |
        """;

    [Fact]
    public void Every_frame_in_every_phase_does_what_the_table_says()
    {
        var cells = TableText.Cells(Table).ToArray();

        foreach (var (frame, phase, expected) in cells)
        {
            var done = In(phase).Receive(Frames.Of(Enum.Parse<BodyOneofCase>(frame)));
            Assert.Equal((frame, phase, expected == "no" ? "close unexpected-frame" : expected), (frame, phase, string.Join(", ", done)));
        }

        output.WriteLine($"{cells.Length} cells");
        Assert.Equal(84, cells.Length);
        Assert.Equal(Enum.GetNames<BodyOneofCase>().Order(), cells.Select(cell => cell.Row).Distinct().Order());
        Assert.Equal(
            Enum.GetNames<SessionPhase>().Append("Renaming").Order(), cells.Select(cell => cell.Column).Distinct().Order());
    }

    [Fact]
    public void Everything_else_in_every_phase_does_what_the_table_says()
    {
        var cells = TableText.Cells(OtherInputs).ToArray();

        foreach (var (input, phase, expected) in cells)
            Assert.Equal((input, phase, expected), (input, phase, string.Join(", ", In(phase).On(Input(input)))));

        output.WriteLine($"{cells.Length} cells");
        Assert.Equal(54, cells.Length);
        Assert.Equal(
            typeof(SessionInput).GetNestedTypes().Select(type => type.Name).Where(name => name != "Received").Order(),
            cells.Select(cell => cell.Row).Distinct().Order());
    }

    [Fact]
    public void A_refused_claim_leads_back_to_where_it_came_from()
    {
        var claiming = In("Claiming");
        claiming.On(Input("NameRefused"));
        Assert.Equal(SessionPhase.AwaitHello, claiming.Session.Phase);
        Assert.Equal(["claim bob"], claiming.Hello("bob", 2));

        var renaming = In("Renaming");
        renaming.On(Input("NameRefused"));
        Assert.Equal(SessionPhase.Ready, renaming.Session.Phase);
        Assert.Equal(["claim bob"], renaming.Receive(Frames.Rename("bob", 8)));
    }

    [Theory]
    [InlineData(BodyOneofCase.Rename)]
    [InlineData(BodyOneofCase.Join)]
    [InlineData(BodyOneofCase.Leave)]
    [InlineData(BodyOneofCase.Post)]
    [InlineData(BodyOneofCase.Private)]
    [InlineData(BodyOneofCase.Moderate)]
    [InlineData(BodyOneofCase.List)]
    [InlineData(BodyOneofCase.Ack)]
    [InlineData(BodyOneofCase.Who)]
    [InlineData(BodyOneofCase.Ping)]
    public void A_request_without_a_ref_could_not_be_answered_and_is_malformed(BodyOneofCase kind)
    {
        var frame = Frames.Of(kind).Clone();
        frame.Ref = 0;

        Assert.Equal(["close malformed"], In("Ready").Receive(frame));
    }

    [Fact]
    public void A_hello_without_a_ref_is_malformed() =>
        Assert.Equal(["close malformed"], In("AwaitHello").Hello("alice", @ref: 0));

    [Fact]
    public void What_a_newer_client_says_without_asking_is_passed_over() =>
        Assert.Equal(["credit"], In("Ready").Receive(new Wire.ClientFrame()));

    private static ServerRun In(string phase)
    {
        if (phase != "Renaming")
            return new ServerRun().To(Enum.Parse<SessionPhase>(phase));

        var ready = new ServerRun().To(SessionPhase.Ready);
        ready.Receive(Frames.Rename("bob", 5));
        return ready;
    }

    private static SessionInput Input(string name) => name switch
    {
        "NameGranted" => new SessionInput.NameGranted(Frames.Name("bob"), Resumed: false),
        "NameRefused" => new SessionInput.NameRefused(Codes.Refusals.NameTaken(confusable: false, [])),
        "Entered" => Frames.Entered,
        "Admitted" => new SessionInput.Admitted(Frames.Room("#room"), 9),
        "NotAdmitted" => new SessionInput.NotAdmitted(Frames.Room("lobby"), 0, Codes.Refusals.RoomFull),
        "Expelled" => new SessionInput.Expelled(Frames.Room("#room")),
        "Answered" => new SessionInput.Answered(new Wire.Reply { Ref = 9, Accepted = new Wire.Accepted() }),
        "Ended" => new SessionInput.Ended(Wire.CloseReason.TooSlow),
        "Tick" => new SessionInput.Tick(1000, null),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
