/** What was sent from a field, walked with Up and Down. */

/** Lines remembered. */
export const historyMax = 200;

export class History {
    private lines: string[] = [];
    private at = 0;
    private begun = "";

    add(line: string): void {
        if (this.lines.at(-1) !== line) this.lines.push(line);
        if (this.lines.length > historyMax) this.lines.shift();
        this.at = this.lines.length;
    }

    /** @param current what stands in the field; kept for coming back to. */
    older(current: string): string | undefined {
        if (this.at === 0) return undefined;
        if (this.at === this.lines.length) this.begun = current;
        return this.lines[--this.at];
    }

    newer(): string | undefined {
        if (this.at >= this.lines.length) return undefined;
        return ++this.at === this.lines.length ? this.begun : this.lines[this.at];
    }
}
