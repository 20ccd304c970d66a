import { describe, expect, it } from "vitest";
import { blockLines, Log, logLinesMax, type SystemLine } from "../../src/ui/store/lines";

const line = (id: number): SystemLine => ({
    kind: "system",
    id,
    at: id,
    conversation: "lobby",
    tone: "plain",
    text: `line ${id}`,
});
const idsOf = (log: Log) => log.blocks.value.flatMap(block => block.lines.value.map(one => one.id));

describe("a log", () => {
    it("keeps lines in order, a block's worth together", () => {
        const log = new Log();
        for (let id = 1; id <= blockLines * 2 + 1; id++) log.append(line(id));
        expect(log.blocks.value.map(block => block.lines.value.length)).toEqual([blockLines, blockLines, 1]);
        expect(idsOf(log)).toEqual(Array.from({ length: blockLines * 2 + 1 }, (_, index) => index + 1));
    });

    it("knows the line above each block", () => {
        const log = new Log();
        for (let id = 1; id <= blockLines + 1; id++) log.append(line(id));
        expect(log.blocks.value.map(block => block.before?.id)).toEqual([undefined, blockLines]);
    });

    it("leaves earlier blocks untouched when a line comes", () => {
        const log = new Log();
        for (let id = 1; id <= blockLines + 1; id++) log.append(line(id));
        const [first] = log.blocks.value;
        const before = first!.lines.value;
        log.append(line(1_000));
        expect(log.blocks.value[0]).toBe(first);
        expect(first!.lines.value).toBe(before);
    });

    it("forgets its oldest block at the bound, and nothing newer", () => {
        const log = new Log();
        for (let id = 1; id <= logLinesMax + 1; id++) log.append(line(id));
        expect(idsOf(log)[0]).toBe(blockLines + 1);
        expect(idsOf(log).at(-1)).toBe(logLinesMax + 1);
        expect(idsOf(log).length).toBeLessThanOrEqual(logLinesMax);
    });

    it("is empty after clear, and takes lines again", () => {
        const log = new Log();
        log.append(line(1));
        log.clear();
        expect(idsOf(log)).toEqual([]);
        log.append(line(2));
        expect(idsOf(log)).toEqual([2]);
        expect(log.blocks.value[0]!.before).toBeUndefined();
    });
});
