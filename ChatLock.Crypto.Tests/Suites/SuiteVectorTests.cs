using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Signing;
using ChatLock.Crypto.Suites;
using Xunit.Abstractions;

namespace ChatLock.Crypto.Tests.Suites;

public class SuiteVectorTests(ITestOutputHelper output)
{
    /// <summary>Set to 1, the tests write the files that they compare with (vectors/suites/README.md).</summary>
    private const string WriteSwitch = "CHATLOCK_WRITE_VECTORS";

    public static TheoryData<SuiteId> EachSuite => [.. SuiteList.All.Select(suite => suite.Id)];

    [Theory, MemberData(nameof(EachSuite))]
    public void The_vector_file_is_what_the_suite_makes_today(SuiteId id)
    {
        var suite = SuiteOf(id);
        var path = Vectors.PathOf($"suites/{suite.Name}.json");
        var generated = Vectors.ToJson(SuiteVectorGenerator.Generate(suite));
        if (Environment.GetEnvironmentVariable(WriteSwitch) == "1")
            File.WriteAllText(path, generated);
        Assert.Equal(File.ReadAllText(path), generated);
    }

    [Theory]
    [InlineData(SuiteId.Classic, 14, 19)]
    [InlineData(SuiteId.Sealed, 14, 21)]
    public void Every_vector_is_answered_as_it_says(SuiteId id, int genuineCount, int refusedCount)
    {
        var suite = SuiteOf(id);
        var file = Vectors.Json<SuiteVectorFile>($"suites/{suite.Name}.json");
        Assert.Equal(((int)suite.Id, suite.Name), (file.Suite, file.Name));
        var (genuine, refused) = (0, 0);
        foreach (var vector in file.Messages)
        {
            Check(suite, vector);
            if (vector.Failure() == OpenFailure.None)
                genuine++;
            else
                refused++;
        }
        output.WriteLine($"suites/{suite.Name}.json: {genuine} genuine, {refused} refused");
        Assert.Equal((genuineCount, refusedCount), (genuine, refused));
        VectorCounts.Passed($"suites/{suite.Name}.json", genuine + refused);
    }

    private static void Check(Suite suite, SuiteVector vector)
    {
        var opened = Open(suite, vector);
        Assert.True(vector.Failure() == opened.Failure, $"{vector.Kind}, {vector.Comment}: {opened.Failure}");
        Assert.Equal(vector.Plaintext ?? "", Convert.ToHexStringLower(opened.Plaintext.Span));
        if (vector.Header().IsWellFormed)
        {
            var header = SignedBytes.Header(suite.Id, vector.Header());
            var signed = SignedBytes.Of(header, vector.Message().Ciphertext.Span);
            Assert.Equal(vector.SignedBytes, Convert.ToHexStringLower(signed));
        }
    }

    private static Opened Open(Suite suite, SuiteVector vector)
    {
        Assert.True(P256PublicKey.TryImport(Convert.FromHexString(vector.SenderPoint), out var sender));
        if (vector.IsPost())
        {
            Assert.True(RoomSecret.TryImport(Convert.FromHexString(vector.RoomSecret!), out var secret));
            return suite.OpenFromRoom(secret, sender, vector.Header(), vector.Message());
        }
        using var session = AgreementKey.FromScalar(Convert.FromHexString(vector.SessionPrivateKey!));
        return suite.OpenFromPeer(session, sender, vector.Header(), vector.Message());
    }

    private static Suite SuiteOf(SuiteId id) => SuiteList.All.Single(suite => suite.Id == id);
}
