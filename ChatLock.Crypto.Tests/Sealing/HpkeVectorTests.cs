using System.Security.Cryptography;
using System.Text.Json;
using ChatLock.Crypto.Sealing;
using Xunit.Abstractions;

namespace ChatLock.Crypto.Tests.Sealing;

public class HpkeVectorTests(ITestOutputHelper output)
{
    private static readonly JsonElement[] Settings =
        [.. Vectors.Json<JsonElement>("hpke/rfc9180-p256-aes128gcm.json").EnumerateArray()];

    [Fact]
    public void Mode_base_of_RFC_9180_goes_through_the_public_door()
    {
        var setting = Assert.Single(Settings, s => Mode(s) == HpkeMode.Base && Hash(s) == HashAlgorithmName.SHA256);
        using var recipient = Pair(setting, "skRm", "ikmR", "pkRm");
        using var ephemeral = Pair(setting, "skEm", "ikmE", "pkEm");
        using var sender = Hpke.SetupSender(ephemeral, recipient.PublicPoint, setting.Hex("info"));
        Assert.True(Hpke.TrySetupReceiver(recipient, setting.Hex("enc"), setting.Hex("info"), out var receiver));
        using (receiver)
        {
            var counts = (CheckEncryptions(setting, sender, receiver), CheckExports(setting, sender, receiver));
            output.WriteLine($"RFC 9180 mode base, HKDF-SHA256: {counts} encryptions and exports");
            Assert.Equal((6, 3), counts);
        }
    }

    [Fact]
    public void Every_setting_of_RFC_9180_for_P_256_and_AES_128_is_reproduced()
    {
        var (schedules, encryptions, exports) = (0, 0, 0);
        foreach (var setting in Settings)
        {
            using var senderSchedule = SenderSchedule(setting);
            using var receiverSchedule = ReceiverSchedule(setting);
            schedules += CheckSchedule(setting, senderSchedule) + CheckSchedule(setting, receiverSchedule);
            using var sender = new HpkeContext(senderSchedule);
            using var receiver = new HpkeContext(receiverSchedule);
            encryptions += CheckEncryptions(setting, sender, receiver);
            exports += CheckExports(setting, sender, receiver);
        }
        output.WriteLine($"RFC 9180, {Settings.Length} settings, both sides: {schedules} key schedules, "
            + $"{encryptions} encryptions, {exports} exports");
        Assert.Equal((8, 16, 48, 24), (Settings.Length, schedules, encryptions, exports));
        VectorCounts.Passed("hpke/rfc9180-p256-aes128gcm.json", Settings.Length);
    }

    private static HpkeSchedule SenderSchedule(JsonElement setting)
    {
        using var ephemeral = Pair(setting, "skEm", "ikmE", "pkEm");
        using var identity = Mode(setting) >= HpkeMode.Auth ? Pair(setting, "skSm", "ikmS", "pkSm") : null;
        return Schedule(setting, Dhkem.Encapsulate(ephemeral, Point(setting, "pkRm"), identity));
    }

    private static HpkeSchedule ReceiverSchedule(JsonElement setting)
    {
        using var recipient = Pair(setting, "skRm", "ikmR", "pkRm");
        var identity = Mode(setting) >= HpkeMode.Auth ? Point(setting, "pkSm") : null;
        return Schedule(setting, Dhkem.Decapsulate(Point(setting, "enc"), recipient, identity));
    }

    private static HpkeSchedule Schedule(JsonElement setting, byte[] sharedSecret)
    {
        Assert.Equal(setting.Hex("shared_secret"), sharedSecret);
        var hasPsk = setting.TryGetProperty("psk", out _);
        return HpkeSchedule.Derive(Mode(setting), Hash(setting), sharedSecret, setting.Hex("info"),
            hasPsk ? setting.Hex("psk") : [], hasPsk ? setting.Hex("psk_id") : []);
    }

    private static int CheckSchedule(JsonElement setting, HpkeSchedule schedule)
    {
        Assert.Equal(setting.Hex("key_schedule_context"), schedule.Context);
        Assert.Equal(setting.Hex("secret"), schedule.Secret);
        Assert.Equal(setting.Hex("key"), schedule.Key);
        Assert.Equal(setting.Hex("base_nonce"), schedule.BaseNonce);
        Assert.Equal(setting.Hex("exporter_secret"), schedule.ExporterSecret);
        return 1;
    }

    private static int CheckEncryptions(JsonElement setting, HpkeContext sender, HpkeContext receiver)
    {
        var run = 0;
        foreach (var test in setting.GetProperty("encryptions").EnumerateArray())
        {
            sender.SkipTo(test.GetProperty("sequence_number").GetUInt64());
            receiver.SkipTo(test.GetProperty("sequence_number").GetUInt64());
            Assert.Equal(test.Hex("ct"), sender.Seal(test.Hex("aad"), test.Hex("pt")));
            Assert.True(receiver.TryOpen(test.Hex("aad"), test.Hex("ct"), out var plaintext));
            Assert.Equal(test.Hex("pt"), plaintext);
            run++;
        }
        return run;
    }

    private static int CheckExports(JsonElement setting, HpkeContext sender, HpkeContext receiver)
    {
        var run = 0;
        foreach (var test in setting.GetProperty("exports").EnumerateArray())
        {
            var length = test.GetProperty("L").GetInt32();
            Assert.Equal(test.Hex("exported_value"), sender.Export(test.Hex("exporter_context"), length));
            Assert.Equal(test.Hex("exported_value"), receiver.Export(test.Hex("exporter_context"), length));
            run++;
        }
        return run;
    }

    private static AgreementKey Pair(JsonElement setting, string scalar, string ikm, string point)
    {
        var pair = AgreementKey.FromScalar(setting.Hex(scalar));
        Assert.Equal(setting.Hex(point), pair.Point.ToArray());
        using var derived = Dhkem.DeriveKeyPair(setting.Hex(ikm));
        Assert.Equal(setting.Hex(point), derived.Point.ToArray());
        return pair;
    }

    private static AgreementPoint Point(JsonElement setting, string name)
    {
        Assert.True(AgreementPoint.TryImport(setting.Hex(name), out var point));
        return point;
    }

    private static HpkeMode Mode(JsonElement setting) => (HpkeMode)setting.GetProperty("mode").GetByte();

    private static HashAlgorithmName Hash(JsonElement setting) =>
        setting.GetProperty("kdf_id").GetInt32() == 3 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256;
}
