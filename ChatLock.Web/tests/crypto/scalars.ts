/** Known signing keys, for vectors. */

import { pkcs8Of, pointOf } from "../../src/crypto/agreement";
import type { SigningKey } from "../../src/crypto/keys";
import { subtle } from "../../src/crypto/platform";
import { signingKeyOf } from "../../src/crypto/signing";
import type { Bytes } from "../../src/suites/contract";

const P256 = { name: "ECDSA", namedCurve: "P-256" };

/** @param scalar 32 bytes, 0 < d < n. */
export async function signingKeyFromScalar(scalar: Bytes): Promise<SigningKey> {
    const privateKey = await subtle.importKey("pkcs8", pkcs8Of(scalar), P256, true, ["sign"]);
    const publicKey = await subtle.importKey("raw", await pointOf(privateKey), P256, true, ["verify"]);
    return signingKeyOf({ publicKey, privateKey });
}
