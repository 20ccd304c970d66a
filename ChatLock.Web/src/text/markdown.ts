/** Text → tokens of a safe subset of Markdown: bold, italic, code, code blocks, links. No images, no HTML, no headings.
 * What means nothing stays text, and nothing but the marks themselves is taken out. In linear time, whatever the input. */

import { parseInline } from "./inline";

export type Markdown =
    | { readonly kind: "text"; readonly text: string }
    | { readonly kind: "break" }
    | { readonly kind: "bold"; readonly children: readonly Markdown[] }
    | { readonly kind: "italic"; readonly children: readonly Markdown[] }
    | { readonly kind: "code"; readonly text: string }
    | { readonly kind: "code-block"; readonly text: string; readonly language: string | undefined }
    /** `href`: http, https or mailto, as the platform writes it. Without links among its children. */
    | { readonly kind: "link"; readonly href: string; readonly children: readonly Markdown[] };

/** UTF-16 units that are looked at; a longer text is text as a whole. */
export const MARKDOWN_MAX_UNITS = 16 * 1024;

const FENCE = "```";
const LANGUAGE = /^[A-Za-z0-9+#._-]{1,20}$/;

export function parseMarkdown(text: string): Markdown[] {
    if (text.length === 0) return [];
    if (text.length > MARKDOWN_MAX_UNITS) return [{ kind: "text", text }];
    const lines = text.split("\n");
    const nodes: Markdown[] = [];
    let plainFrom = 0;
    const lastClosing = lines.findLastIndex(isClosing);
    for (let at = 0; at < lastClosing; at++) {
        const language = languageOf(lines[at]!);
        if (language === undefined) continue;
        let closing = at + 1;
        while (!isClosing(lines[closing]!)) closing++;
        addPlain(nodes, lines.slice(plainFrom, at));
        nodes.push({
            kind: "code-block",
            text: lines.slice(at + 1, closing).join("\n"),
            language: language || undefined,
        });
        at = closing;
        plainFrom = closing + 1;
    }
    addPlain(nodes, lines.slice(plainFrom));
    return nodes;
}

/** "" for a fence without one; undefined for what isn't a fence: what follows it would be lost. */
function languageOf(line: string): string | undefined {
    if (!line.startsWith(FENCE)) return undefined;
    const language = line.slice(FENCE.length).trim();
    return language === "" || LANGUAGE.test(language) ? language : undefined;
}

const isClosing = (line: string): boolean => line.trimEnd() === FENCE;

function addPlain(nodes: Markdown[], lines: readonly string[]): void {
    if (lines.length > 0) nodes.push(...parseInline(lines.join("\n")));
}
