using ChatLock.Protocol.Names;

namespace ChatLock.Protocol.Tests.Names;

public class RoomNameTests
{
    [Fact]
    public void A_room_has_one_spelling()
    {
        Assert.True(RoomName.TryParse("Caf\uff25\u0301", out var room, out _));
        Assert.Equal("caf\u00e9", room.Text);
    }

    [Fact]
    public void The_lobby_is_the_lobby_however_it_is_typed()
    {
        Assert.True(RoomName.TryParse("Lobby", out var room, out _));
        Assert.Equal(RoomName.Lobby, room);
        Assert.Equal("lobby", room.Text);
    }

    [Theory]
    [InlineData("#lobby", NameProblemKind.ForbiddenCharacter)]
    [InlineData("a b", NameProblemKind.ForbiddenCharacter)]
    [InlineData("", NameProblemKind.Empty)]
    public void A_room_obeys_the_rules_of_names(string typed, NameProblemKind kind)
    {
        Assert.False(RoomName.TryParse(typed, out _, out var problem));
        Assert.Equal(kind, problem.Kind);
    }

    [Fact]
    public void A_room_name_holds_64_characters()
    {
        Assert.True(RoomName.TryParse(new string('a', 64), out _, out _));
        Assert.False(RoomName.TryParse(new string('a', 65), out _, out var problem));
        Assert.Equal((NameProblemKind.TooLong, 64), (problem.Kind, problem.Limit));
    }
}
