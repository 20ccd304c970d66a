using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;

namespace ChatLock.Gateway.Ops;

/// <summary>Hands Akka's log events to the process's logger, so that there is one log.</summary>
public sealed class AkkaLogBridge : ReceiveActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    public AkkaLogBridge()
    {
        var loggers = Context.System.Settings.Setup.Get<LoggerFactorySetup>()
            .GetOrElse(new LoggerFactorySetup(Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance));
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(logged => loggers.Factory.CreateLogger(logged.LogClass).Log(
            Level(logged.LogLevel()), logged.Cause, "{Message}", logged.Message));
    }

    private static Microsoft.Extensions.Logging.LogLevel Level(Akka.Event.LogLevel level) => level switch
    {
        Akka.Event.LogLevel.DebugLevel => Microsoft.Extensions.Logging.LogLevel.Debug,
        Akka.Event.LogLevel.InfoLevel => Microsoft.Extensions.Logging.LogLevel.Information,
        Akka.Event.LogLevel.WarningLevel => Microsoft.Extensions.Logging.LogLevel.Warning,
        _ => Microsoft.Extensions.Logging.LogLevel.Error,
    };
}

/// <summary>How the actor system finds the process's logger.</summary>
public sealed class LoggerFactorySetup(ILoggerFactory factory) : Akka.Actor.Setup.Setup
{
    public ILoggerFactory Factory { get; } = factory;
}
