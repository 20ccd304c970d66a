using ChatLock.ConsoleClient;
using ChatLock.ConsoleClient.Terminal;

return await new ConsoleApp(ConsoleIo.OfProcess()).RunAsync(args);
