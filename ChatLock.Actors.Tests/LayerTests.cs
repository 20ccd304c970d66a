using System.Reflection;
using System.Xml.Linq;

namespace ChatLock.Actors.Tests;

/// <summary>Who may know whom: Crypto &lt;- Protocol &lt;- {Actors, Client}; Gateway -> Actors; ConsoleClient -> Client.</summary>
public sealed class LayerTests
{
    public static TheoryData<string, string[]> Allowed => new()
    {
        { "ChatLock.Crypto", [] },
        { "ChatLock.Protocol", ["ChatLock.Crypto"] },
        { "ChatLock.Actors", ["ChatLock.Protocol"] },
        { "ChatLock.Client", ["ChatLock.Protocol", "ChatLock.Crypto"] },
        { "ChatLock.Gateway", ["ChatLock.Actors", "ChatLock.Protocol"] },
        { "ChatLock.ConsoleClient", ["ChatLock.Client", "ChatLock.Protocol"] },
    };

    [Theory]
    [MemberData(nameof(Allowed))]
    public void A_project_references_only_what_is_below_it(string project, string[] allowed)
    {
        var file = XDocument.Load(Path.Combine(Root(), project, $"{project}.csproj"));
        var referenced = file.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Empty(referenced.Except(allowed));
    }

    [Fact]
    public void The_servers_actors_name_no_type_of_a_cipher_and_nothing_of_the_clients()
    {
        var names = typeof(ChatServer).Assembly.GetReferencedAssemblies().Select(name => name.Name);

        Assert.DoesNotContain("ChatLock.Crypto", names);
        Assert.DoesNotContain("ChatLock.Client", names);
    }

    [Theory]
    [InlineData(typeof(Protocol.Session.ServerSession))]
    [InlineData(typeof(Crypto.Suites.Suite))]
    public void The_protocol_and_the_ciphers_know_neither_Akka_nor_sockets(Type member)
    {
        var names = member.Assembly.GetReferencedAssemblies().Select(name => name.Name!).ToArray();

        Assert.DoesNotContain(names, name => name.StartsWith("Akka", StringComparison.Ordinal));
        Assert.DoesNotContain("System.Net.Sockets", names);
    }

    [Fact]
    public void Transitive_references_are_off_so_that_a_forbidden_using_does_not_compile()
    {
        var props = XDocument.Load(Path.Combine(Root(), "Directory.Build.props"));

        Assert.Equal("true", props.Descendants("DisableTransitiveProjectReferences").Single().Value);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!);
        while (!File.Exists(Path.Combine(folder.FullName, "ChatLock.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
