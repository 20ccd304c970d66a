using System.Security.Cryptography;
using System.Text;
using ChatLock.Crypto.Signing;

namespace ChatLock.Client.Identity;

/// <summary>The identity key on disk: PKCS#8 in PEM (RFC 7468), readable by its owner only.</summary>
/// <remarks>A file that others can read is refused, not mended: whoever could read it may have done so already.</remarks>
internal static class IdentityFile
{
    private const int FileMaxBytes = 16 * 1024;
    private const string Label = "PRIVATE KEY";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The key, or why there is none, as a sentence with the remedy.</summary>
    public readonly record struct Answer(SigningKey? Key, string Problem);

    public static Answer ReadOrCreate(string path, out bool isNew)
    {
        isNew = !File.Exists(path);
        return isNew ? new Answer(Create(path), "") : Read(path);
    }

    private static Answer Read(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(OwnerOnly | UnixFileMode.UserExecute)) != 0)
            return Refuse($"Others can read your identity key {path}. Make it yours alone: chmod 600 '{path}'");
        if (new FileInfo(path).Length > FileMaxBytes)
            return Refuse(NotAKey(path));

        var text = File.ReadAllText(path);
        if (!PemEncoding.TryFind(text, out var fields) || text[fields.Label] != Label)
            return Refuse(NotAKey(path));

        var der = Convert.FromBase64String(text[fields.Base64Data]);
        try
        {
            return new Answer(SigningKey.ImportPkcs8(der), "");
        }
        catch (CryptographicException)
        {
            return Refuse(NotAKey(path));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    /// <remarks>Written aside and moved into place, so that a crash leaves a whole key or none.</remarks>
    private static SigningKey Create(string path)
    {
        var key = SigningKey.Generate();
        var der = key.ExportPkcs8();
        var pem = PemEncoding.Write(Label, der);
        var bytes = Encoding.ASCII.GetBytes(pem);
        var aside = path + ".new";
        File.Delete(aside);
        using (var file = new FileStream(aside, NewOwnerOnly()))
        {
            file.Write(bytes);
            file.WriteByte((byte)'\n');
            file.Flush(flushToDisk: true);
        }
        File.Move(aside, path, overwrite: false);
        CryptographicOperations.ZeroMemory(der);
        CryptographicOperations.ZeroMemory(bytes);
        Array.Clear(pem);
        return key;
    }

    private static FileStreamOptions NewOwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return options;
    }

    private static Answer Refuse(string problem) => new(null, problem);

    private static string NotAKey(string path) =>
        $"{path} is not an identity key (PKCS#8 in PEM, P-256). Put your backup there, or move the file away to become someone new.";
}
