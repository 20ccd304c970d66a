/** A name to begin with, so that Enter is enough. */

const kinds =
    "calm kind quick quiet bright clever gentle merry brave eager lucky sunny swift warm witty wise".split(
        " ",
    );
const animals =
    "otter heron lynx robin badger finch marten hare wren seal ibex stork vole dove fox owl".split(" ");

/** @param random 0 to below 1, twice. */
export function suggestedName(random: () => number = Math.random): string {
    const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? words[0]!;
    return `${pick(kinds)}-${pick(animals)}`;
}
