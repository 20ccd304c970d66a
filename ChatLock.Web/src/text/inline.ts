/** Bold, italic, code and links within a text. One pass with a stack of what is open; what is never closed was text. */

import { addressAt, addressInParentheses } from "./links";
import type { Markdown } from "./markdown";

/** Bold, italic and links that may be open within each other. */
export const NESTING_MAX = 8;

type Mark = "*" | "**" | "_" | "__" | "[";

interface Open {
    readonly mark: Mark;
    readonly nodes: Markdown[];
    /** Where what it encloses begins. */
    readonly from: number;
    /** A link within which another one ended can't become one, nor one that looks like another address than its own. */
    isDead: boolean;
}

export const parseInline = (text: string): Markdown[] => new Inline(text).parse();

const SPECIAL = /[\\`*_[\]\nhHmM]/g;
const ESCAPABLE = new Set("`*_[]");
const WORD = /[\p{L}\p{N}]/u;
const SPACE = /\s/;

/** Marks within an address don't show, so they don't count. */
const MARKS = /[\\*_`]/g;
const LOOKS_LIKE_ADDRESS = /:\/\/|^\s*(?:www\.|mailto:)/i;

class Inline {
    readonly #done: Markdown[] = [];
    readonly #open: Open[] = [];
    /** Where runs of backticks of each length begin, last first: each is looked at once. */
    readonly #ticks: Map<number, number[]>;
    #at = 0;

    constructor(private readonly text: string) {
        this.#ticks = backtickRuns(text);
    }

    parse(): Markdown[] {
        while (this.#at < this.text.length) {
            SPECIAL.lastIndex = this.#at;
            const next = SPECIAL.exec(this.text)?.index ?? this.text.length;
            this.#addText(this.text.slice(this.#at, next));
            this.#at = next;
            if (next < this.text.length) this.#special(this.text[next]!);
        }
        while (this.#open.length > 0) this.#giveUp();
        return this.#done;
    }

    #special(unit: string): void {
        switch (unit) {
            case "\\":
                return this.#escape();
            case "`":
                return this.#code();
            case "*":
            case "_":
                return this.#emphasis(unit);
            case "[":
                return this.#openMark("[");
            case "]":
                return this.#closeLink();
            case "\n":
                this.#add({ kind: "break" });
                this.#at++;
                return;
            default:
                return this.#autolink();
        }
    }

    #escape(): void {
        const next = this.text[this.#at + 1];
        const isEscape = next !== undefined && ESCAPABLE.has(next);
        this.#take(isEscape ? 2 : 1, isEscape ? next : "\\");
    }

    #code(): void {
        const length = runLength(this.text, this.#at, "`");
        const from = this.#at + length;
        const ends = this.#ticks.get(length)!;
        while (ends.length > 0 && ends.at(-1)! < from) ends.pop();
        const end = ends.at(-1);
        if (end === undefined) return this.#take(length, this.text.slice(this.#at, from));
        this.#add({ kind: "code", text: trimOnce(this.text.slice(from, end)) });
        this.#at = end + length;
    }

    #emphasis(unit: "*" | "_"): void {
        const length = runLength(this.text, this.#at, unit);
        const { mayOpen, mayClose } = this.#flanks(unit, length);
        let left = length;
        while (left > 0) {
            const open = mayClose ? this.#open.findLast(({ mark }) => mark[0] === unit) : undefined;
            const size = open ? open.mark.length : Math.min(left, 2);
            if (open && size <= left) this.#close(open);
            else if (mayOpen && this.#open.length < NESTING_MAX)
                this.#push((left >= 2 ? unit + unit : unit) as Mark, this.#at + length);
            else this.#addText(unit.repeat(Math.min(left, 2)));
            left -= open && size <= left ? size : Math.min(left, 2);
        }
        this.#at += length;
    }

    /** Emphasis hugs what it emphasizes, and underscores don't begin or end within a word. */
    #flanks(unit: string, length: number): { readonly mayOpen: boolean; readonly mayClose: boolean } {
        const before = this.text[this.#at - 1];
        const after = this.text[this.#at + length];
        const isInWord = (other: string | undefined) =>
            unit === "_" && other !== undefined && WORD.test(other);
        return {
            mayOpen: after !== undefined && !SPACE.test(after) && !isInWord(before),
            mayClose: before !== undefined && !SPACE.test(before) && !isInWord(after),
        };
    }

    #closeLink(): void {
        const open = this.#open.findLast(({ mark }) => mark === "[");
        const address =
            open && !open.isDead && this.text[this.#at + 1] === "("
                ? addressInParentheses(this.text, this.#at + 1)
                : undefined;
        if (!open || address?.href === undefined) return this.#take(1, "]");
        const label = this.text.slice(open.from, this.#at).replace(MARKS, "");
        if (label.trim() === "" || LOOKS_LIKE_ADDRESS.test(label)) {
            open.isDead = true;
            return this.#take(1, "]");
        }
        while (this.#open.at(-1) !== open) this.#giveUp();
        this.#open.pop();
        this.#addLink(address.href, open.nodes);
        this.#at = address.end;
    }

    #autolink(): void {
        const address = addressAt(this.text, this.#at);
        if (!address) return this.#take(1, this.text[this.#at]!);
        const text = this.text.slice(this.#at, address.end);
        if (address.href === undefined) return this.#take(text.length, text);
        this.#addLink(address.href, [{ kind: "text", text }]);
        this.#at = address.end;
    }

    #addLink(href: string, children: readonly Markdown[]): void {
        this.#add({ kind: "link", href, children });
        for (const open of this.#open) if (open.mark === "[") open.isDead = true;
    }

    #openMark(mark: Mark): void {
        if (this.#open.length < NESTING_MAX) this.#push(mark, this.#at + 1);
        else this.#addText(mark);
        this.#at++;
    }

    #push(mark: Mark, from: number): void {
        this.#open.push({ mark, nodes: [], from, isDead: false });
    }

    #close(open: Open): void {
        while (this.#open.at(-1) !== open) this.#giveUp();
        this.#open.pop();
        this.#add({ kind: open.mark.length === 2 ? "bold" : "italic", children: open.nodes });
    }

    /** The innermost mark was text after all. */
    #giveUp(): void {
        const { mark, nodes } = this.#open.pop()!;
        this.#addText(mark);
        for (const node of nodes) this.#add(node);
    }

    #take(units: number, text: string): void {
        this.#addText(text);
        this.#at += units;
    }

    #addText(text: string): void {
        if (text !== "") this.#add({ kind: "text", text });
    }

    #add(node: Markdown): void {
        const nodes = this.#open.at(-1)?.nodes ?? this.#done;
        const last = nodes.at(-1);
        if (node.kind === "text" && last?.kind === "text")
            nodes[nodes.length - 1] = { kind: "text", text: last.text + node.text };
        else nodes.push(node);
    }
}

function backtickRuns(text: string): Map<number, number[]> {
    const runs = new Map<number, number[]>();
    for (let at = text.indexOf("`"); at >= 0;) {
        const length = runLength(text, at, "`");
        const positions = runs.get(length);
        if (positions) positions.push(at);
        else runs.set(length, [at]);
        at = text.indexOf("`", at + length);
    }
    for (const positions of runs.values()) positions.reverse();
    return runs;
}

function runLength(text: string, at: number, unit: string): number {
    let end = at;
    while (text[end] === unit) end++;
    return end - at;
}

/** A space on each side lets code begin or end with a backtick. */
function trimOnce(code: string): string {
    return code.length > 2 && code.startsWith(" ") && code.endsWith(" ") && code.trim() !== ""
        ? code.slice(1, -1)
        : code;
}
