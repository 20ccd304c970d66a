/** What is wrong with the server, and what to do about it. `host` is what the address bar shows. */

export const noAnswer = (host: string): string =>
    `Nothing answers at ${host}. Is the gateway running? Whoever runs it starts it with: dotnet run --project ChatLock.Gateway`;

export const stillNoAnswer = (host: string): string => `Nothing answers at ${host}.`;

export const tooQuiet = (host: string): string => `${host} doesn't answer.`;

export const noGateway = (host: string): string =>
    `What answers at ${host} doesn't behave like a ChatLock gateway.`;

export const endedAtOnce = (host: string): string =>
    `What answers at ${host} ended the connection at once. Is it a ChatLock gateway?`;

export const notTheProtocol = (host: string): string =>
    `What answers at ${host} doesn't speak the ChatLock protocol.`;

export const anotherServer = (host: string, before: string, now: string): string =>
    `${host} has another server key than before; somebody may be in between. Nothing was sent. ` +
    `Expected ${before}, shown ${now}. If its operator confirms the new one, trust it and connect again.`;

export const notTheLinks = (host: string, expected: string, now: string): string =>
    `${host} isn't the server that the link names; somebody may be in between. Nothing was sent. ` +
    `The link says ${expected}, the server ${now}. Ask for the link again, over another channel.`;

export const serverPinned = (host: string, id: string): string =>
    `${host} is new here. Its key is remembered: sha256=${id}`;
