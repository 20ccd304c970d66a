/** A person's name: foreign text, kept from reordering what stands around it. */

import { hueOf } from "./KeyGlyph";

export function Name({ name, of }: { name: string; of?: string }) {
    return (
        <bdi class="name" style={of ? { "--hue": hueOf(of) } : undefined}>
            {name}
        </bdi>
    );
}
