using ChatLock.Crypto.Tests;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using static ChatLock.Protocol.Tests.Golden.RoomVectors;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>vectors/rooms: what rooms are called, who is let in and who may do what, the same in every language.</summary>
public sealed class RoomVectorTests
{
    private const string IdsFile = "rooms/ids.json";
    private const string InvitesFile = "rooms/invites.json";
    private const string ActsFile = "rooms/acts.json";
    private const string RulesFile = "rooms/rules.json";

    [Fact]
    public void The_files_are_what_is_made_today()
    {
        GoldenFile.AssertIs(IdsFile, Ids);
        GoldenFile.AssertIs(InvitesFile, Invites);
        GoldenFile.AssertIs(ActsFile, Acts);
        GoldenFile.AssertIs(RulesFile, RulesVectors.All);
    }

    [Fact]
    public void Each_id_is_what_the_file_says()
    {
        var file = Vectors.Json<RoomIdVectorFile>(IdsFile);
        Assert.All(file.Ids, vector =>
        {
            var kind = RoomId.TryParse(vector.Text, out var room) ? $"{room.Kind}".ToLowerInvariant() : "none";
            Assert.Equal((vector.Text, vector.Kind), (vector.Text, kind));
            Assert.Equal(vector.Kind == "none" ? null : vector.Text, room?.Text);
        });
        Assert.All(file.Sealed, vector =>
            Assert.Equal(vector.Id, RoomId.OfSealed(vector.Suite, KeyFrom(vector.Owner), Convert.FromHexString(vector.Secret)).Text));
        VectorCounts.Passed(IdsFile, file.Ids.Count + file.Sealed.Count);
    }

    [Fact]
    public void Each_invite_is_what_the_file_says()
    {
        var file = Vectors.Json<InviteVectorFile>(InvitesFile);
        Assert.All(file.Invites, vector =>
        {
            Assert.Equal(vector.Expected == "good", InviteCode.TryParse(vector.Code, out var invite, out var problem));
            Assert.Equal(vector.Expected == "good", problem.Length == 0);
            Assert.Equal(vector.Expected == "newer", problem.Contains("newer", StringComparison.Ordinal));
            if (invite is null)
                return;
            Assert.Equal(
                (vector.Suite, vector.Owner, vector.Secret, vector.Room),
                (invite.Suite, Hex(invite.Owner), Convert.ToHexStringLower(invite.Secret), invite.Room.Text));
            Assert.Equal(vector.Code, invite.ToText());
        });
        VectorCounts.Passed(InvitesFile, file.Invites.Count);
    }

    [Fact]
    public void Each_act_is_signed_as_the_file_says()
    {
        var file = Vectors.Json<ActVectorFile>(ActsFile);
        Assert.All(file.Acts, vector =>
        {
            var act = Read(vector.Act);
            act.Signature = Bytes(vector.Signature);
            var epoch = ulong.Parse(vector.Epoch, null);
            if (vector.Context is { } context)
                Assert.Equal(context, Convert.ToHexStringLower(RoomActs.Context(vector.Room, epoch, act)));
            Assert.Equal((vector.Comment, vector.Expected == "good"), (vector.Comment, RoomActs.Verify(vector.Room, epoch, act)));
        });
        VectorCounts.Passed(ActsFile, file.Acts.Count);
    }

    [Fact]
    public void Each_story_ends_as_the_file_says()
    {
        var file = Vectors.Json<RulesVectorFile>(RulesFile);
        Assert.All(file.Rules, vector =>
        {
            var owner = vector.Owner is { } hex ? KeyFrom(hex) : (Fingerprint?)null;
            var rules = RoomRules.Of(owner);
            foreach (var (act, expected) in vector.Steps.Select(step => (Read(step.Act), step.Expected)))
            {
                Assert.Equal(expected, RulesVectors.Spelled(rules.Check(act)));
                rules = expected == "none" ? rules.Apply(act) : rules;
            }
            Assert.Equivalent(vector.End, RulesVectors.StateOf(rules), strict: true);
            Assert.True(RoomRules.TryRead(owner, rules.InForce, rules.LastAct, out var told));
            Assert.Equivalent(vector.End, RulesVectors.StateOf(told), strict: true);
        });
        VectorCounts.Passed(RulesFile, file.Rules.Count);
    }

    private static Fingerprint KeyFrom(string hex)
    {
        Assert.True(Fingerprint.TryFrom(Convert.FromHexString(hex), out var key));
        return key;
    }
}
