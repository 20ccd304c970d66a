/** Everything by keyboard alone: no pointer is used in this file. */

import { expect, it } from "vitest";
import { Visitor } from "./harness/visitor";
import { world } from "./harness/world";

const here = world();

it("joins, completes, talks, switches, verifies, inspects and leaves", async () => {
    const terminal = await here.gateway.join("bernadette");
    const visitor = await Visitor.open(here.browser, here.gateway.page);
    const { keyboard } = visitor.page;
    const focused = () => visitor.page.evaluate(() => document.activeElement?.id ?? "");

    await visitor.page.getByRole("button", { name: "Join", disabled: false }).waitFor();
    expect(await focused()).toBe("name");
    await keyboard.type("keys");
    await keyboard.press("Enter");
    await visitor.composer.waitFor();
    await terminal.read("keys joined");
    await visitor.page.waitForFunction(() => document.activeElement?.id === "composer");

    // Tab completes a name; Shift-Enter breaks the line; Enter sends.
    await keyboard.type("ber");
    await keyboard.press("Tab");
    expect(await visitor.composer.inputValue()).toBe("bernadette: ");
    await keyboard.type("two");
    await keyboard.press("Shift+Enter");
    await keyboard.type("lines");
    await keyboard.press("Enter");
    await terminal.read("keys to all: bernadette: two");

    // With several, each Tab takes the next one, round and round.
    const another = await here.gateway.join("bertram");
    await visitor.page.locator(".person", { hasText: "bertram" }).waitFor();
    await keyboard.type("thanks ber");
    const taken: string[] = [];
    for (let tab = 0; tab < 3; tab++) {
        await keyboard.press("Tab");
        taken.push(await visitor.composer.inputValue());
    }
    expect(taken).toEqual(["thanks bernadette ", "thanks bertram ", "thanks bernadette "]);
    await keyboard.press("Enter");
    await terminal.read("keys to all: thanks bernadette");
    await another.kill();
    await visitor.sees("bertram disconnected");

    // Up walks the history.
    await keyboard.press("ArrowUp");
    expect(await visitor.composer.inputValue()).toBe("thanks bernadette ");
    await keyboard.press("ArrowUp");
    expect(await visitor.composer.inputValue()).toBe("bernadette: two\nlines");
    await keyboard.press("ControlOrMeta+A");
    await keyboard.press("Delete");

    // A command and its name are completed; a text that isn't a command is never sent as one.
    await keyboard.type("/ms");
    await keyboard.press("Tab");
    await keyboard.type("ber");
    await keyboard.press("Enter");
    expect(await visitor.composer.inputValue()).toBe("/msg bernadette ");
    await keyboard.type("by keys alone");
    await keyboard.press("Enter");
    await terminal.read("keys to me (private): by keys alone");
    await keyboard.type("/nonsense");
    await keyboard.press("Enter");
    await visitor.page.locator(".composer .refusal", { hasText: "There is no command" }).waitFor();
    await keyboard.press("ControlOrMeta+A");
    await keyboard.press("Delete");

    // Ctrl-K goes to a person; Esc comes back; Alt-arrows step.
    await keyboard.press("Control+K");
    await visitor.page.getByRole("dialog").waitFor();
    await keyboard.type("berna");
    await keyboard.press("Enter");
    await visitor.page.getByRole("heading", { name: "bernadette", level: 1 }).waitFor();
    await visitor.settled();
    await keyboard.press("Escape");
    await visitor.page.getByRole("heading", { name: "Everything", level: 1 }).waitFor();
    await visitor.settled();
    await keyboard.press("Alt+ArrowDown");
    await visitor.page.getByRole("heading", { name: "Lobby", level: 1 }).waitFor();
    await visitor.settled();
    await keyboard.press("Alt+3");
    await visitor.page.getByRole("heading", { name: "bernadette", level: 1 }).waitFor();

    // The text field never traps Tab: with nothing to complete it goes on to the next control.
    await visitor.settled();
    expect(await focused()).toBe("composer");
    await keyboard.press("Tab");
    expect(await focused()).not.toBe("composer");

    // From the log a message is reached and looked into; Esc gives the focus back.
    await visitor.log.locator("button.stamp").last().focus();
    await keyboard.press("Enter");
    await visitor.page.getByRole("heading", { name: "What the server saw" }).waitFor();
    await keyboard.press("Escape");
    await visitor.page.getByRole("dialog").waitFor({ state: "detached" });
    await visitor.settled();
    expect(await visitor.page.evaluate(() => document.activeElement?.className)).toContain("stamp");

    // Verifying.
    await visitor.composer.focus();
    await keyboard.type("/verify bernadette");
    await keyboard.press("Enter");
    const verified = visitor.page.getByRole("button", { name: "They are the same: verified" });
    await verified.waitFor();
    await verified.focus();
    await keyboard.press("Enter");
    await visitor.page.getByText("bernadette is verified").first().waitFor();
    await keyboard.press("Escape");
    await visitor.page.getByRole("dialog").waitFor({ state: "detached" });
    await visitor.settled();

    // "?" helps when nothing is being typed; in the field it is a question mark.
    await visitor.composer.focus();
    await keyboard.type("?");
    expect(await visitor.composer.inputValue()).toBe("?");
    await keyboard.press("Backspace");
    await visitor.log.focus();
    await keyboard.press("?");
    await visitor.page.getByRole("heading", { name: "What can be typed and pressed" }).waitFor();
    await keyboard.press("Escape");
    await visitor.page.getByRole("dialog").waitFor({ state: "detached" });
    await visitor.settled();

    await visitor.composer.focus();
    await keyboard.type("/quit");
    await keyboard.press("Enter");
    await terminal.read("keys DISCONNECTED");
    expect(visitor.complaints).toEqual([]);
    await visitor.leave();
});
