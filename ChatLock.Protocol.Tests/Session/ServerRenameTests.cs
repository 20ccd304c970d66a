using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;

namespace ChatLock.Protocol.Tests.Session;

public sealed class ServerRenameTests
{
    private readonly ServerRun _run = new ServerRun().To(SessionPhase.Ready);

    [Fact]
    public void A_granted_rename_is_told_to_others_and_answered_with_the_member()
    {
        Assert.Equal(["claim Bob"], _run.Receive(Frames.Rename("Bob", 4)));
        Assert.Equal(["renamed Bob", "reply 4 renamed Bob", "credit"], _run.Grant("Bob"));

        Assert.Equal("Bob", _run.Session.You.Name);
        Assert.Equal(
            new Member { Name = "Bob", IdentityKey = ServerRun.Alice.Point },
            Assert.IsType<SessionEffect.Send>(_run.Last[1]).Frame.Reply.Renamed);
        Assert.Equal(ServerRun.Alice.SessionPoint, Assert.IsType<SessionEffect.Renamed>(_run.Last[0]).You.SessionKey);
    }

    [Fact]
    public void A_refused_rename_leaves_the_name_and_the_connection_as_they_are()
    {
        _run.Receive(Frames.Rename("bob", 4));

        Assert.Equal(
            ["reply 4 refused name-confusable", "credit"],
            _run.On(new SessionInput.NameRefused(Codes.Refusals.NameTaken(confusable: true, []))));

        Assert.Equal("alice", _run.Session.You.Name);
        Assert.Equal(["claim carol"], _run.Receive(Frames.Rename("carol", 5)));
    }

    [Fact]
    public void A_name_that_can_not_be_one_is_refused_without_asking_anybody() =>
        Assert.Equal(["reply 4 refused name-invalid", "credit"], _run.Receive(Frames.Rename("a b", 4)));

    [Fact]
    public void Of_two_at_once_the_second_is_refused_and_the_first_is_answered()
    {
        _run.Receive(Frames.Rename("bob", 4));

        Assert.Equal(["reply 5 refused too-fast", "credit"], _run.Receive(Frames.Rename("carol", 5)));
        Assert.Equal(["renamed bob", "reply 4 renamed bob", "credit"], _run.Grant("bob"));
        Assert.Empty(_run.Grant("carol"));
    }

    [Fact]
    public void Who_leaves_while_a_rename_is_under_way_is_not_renamed_any_more()
    {
        _run.Receive(Frames.Rename("bob", 4));
        _run.Receive(Frames.Of(ClientFrame.BodyOneofCase.Bye));

        Assert.Empty(_run.Grant("bob"));
    }

    [Fact]
    public void Messages_go_on_while_a_rename_is_under_way()
    {
        _run.Receive(Frames.Rename("bob", 4));

        Assert.Equal(["post 5"], _run.Receive(Frames.Post(5)));
        Assert.Equal(
            ["reply 5 accepted", "credit"],
            _run.On(new SessionInput.Answered(new Reply { Ref = 5, Accepted = new Accepted { Sequence = 1 } })));
    }
}
