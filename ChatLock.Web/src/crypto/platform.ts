/** The platform's cryptography, and its way of saying that the input was bad. */

/** Undefined where the page didn't come over https or from this machine itself: ask `isSecureContext` first. */
export const subtle: SubtleCrypto = globalThis.crypto.subtle;

export type PlatformError = "OperationError" | "DataError";

/** Whether WebCrypto refused its input with this name; anything else is a bug and isn't caught. */
export function refused(error: unknown, ...names: readonly PlatformError[]): boolean {
    return error instanceof DOMException && names.some(name => name === error.name);
}
