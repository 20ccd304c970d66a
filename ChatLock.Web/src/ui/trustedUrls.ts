/** The one policy that the gateway's Content-Security-Policy admits, for the one URL of a script that isn't in the page. */

const serviceWorkerUrl = "/sw.js";

export function trustedServiceWorkerUrl(): string {
    const factory = (window as { trustedTypes?: { createPolicy(name: string, rules: object): Policy } })
        .trustedTypes;
    if (!factory) return serviceWorkerUrl;
    const policy = factory.createPolicy("chatlock", {
        createScriptURL: (url: string) => {
            if (url !== serviceWorkerUrl) throw new TypeError("this URL is not one of the page's scripts");
            return url;
        },
    });
    return policy.createScriptURL(serviceWorkerUrl) as unknown as string;
}

interface Policy {
    createScriptURL(url: string): object;
}
