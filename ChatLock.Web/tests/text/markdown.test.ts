import { describe, expect, test } from "vitest";
import { NESTING_MAX } from "../../src/text/inline";
import { MARKDOWN_MAX_UNITS, parseMarkdown, type Markdown } from "../../src/text/markdown";
import { readJson } from "../vectors";

/** Tokens in short: *italic*, B(bold), `code`, [text](href), a break as /. */
const short = (nodes: readonly Markdown[]): string =>
    nodes
        .map(node => {
            switch (node.kind) {
                case "text":
                    return node.text;
                case "break":
                    return "/";
                case "bold":
                    return `B(${short(node.children)})`;
                case "italic":
                    return `I(${short(node.children)})`;
                case "code":
                    return `C(${node.text})`;
                case "code-block":
                    return `P${node.language ? `:${node.language}` : ""}(${node.text})`;
                case "link":
                    return `L(${short(node.children)}|${node.href})`;
            }
        })
        .join("");

describe("emphasis", () => {
    test.each([
        ["**bold** and *italic*", "B(bold) and I(italic)"],
        ["__bold__ and _italic_", "B(bold) and I(italic)"],
        ["***both***", "B(I(both))"],
        ["*a **b** c*", "I(a B(b) c)"],
        ["**a *b***", "B(a I(b))"],
        ["in*wor*d", "inI(wor)d"],
        ["snake_case_name", "snake_case_name"],
        ["2 * 3 * 4", "2 * 3 * 4"],
        ["*open", "*open"],
        ["**open *both", "**open *both"],
        ["closed*", "closed*"],
        ["**a*", "**a*"],
        ["*a _b* c_", "I(a _b) c_"],
        ["*two\nlines*", "I(two/lines)"],
        ["\\*not\\*", "*not*"],
        ["C:\\new", "C:\\new"],
        ["****", "****"],
        ["* a", "* a"],
    ])("%j", (text, tokens) => expect(short(parseMarkdown(text))).toBe(tokens));
});

describe("code", () => {
    test.each([
        ["`a*b*`", "C(a*b*)"],
        ["``a`b``", "C(a`b)"],
        ["`` ` ``", "C(`)"],
        ["`open", "`open"],
        ["``a`", "``a`"],
        ["```\na\nb\n```", "P(a/b)".replace("/", "\n")],
        ["```ts\nlet a;\n```", "P:ts(let a;)"],
        ["before\n```\na\n```\nafter", "beforeP(a)after"],
        ["```\nopen", "```/open"],
        ["```not a language\na\n```", "C(not a language\na\n)"],
        ["```\n**a**\n```", "P(**a**)"],
        ["```\n```", "P()"],
        ["```a```", "C(a)"],
        ["```\na\n```\n```\nb\n```", "P(a)P(b)"],
    ])("%j", (text, tokens) => expect(short(parseMarkdown(text))).toBe(tokens));
});

describe("links", () => {
    test.each([
        ["see https://a.org/x.", "see L(https://a.org/x|https://a.org/x)."],
        ["(https://a.org)", "(L(https://a.org|https://a.org/))"],
        ["https://a.org/b_(c)", "L(https://a.org/b_(c)|https://a.org/b_(c))"],
        ["HTTP://A.org", "L(HTTP://A.org|http://a.org/)"],
        ["mailto:a@b.org", "L(mailto:a@b.org|mailto:a@b.org)"],
        ["**https://a.org**", "B(L(https://a.org|https://a.org/))"],
        ["[text](https://a.org)", "L(text|https://a.org/)"],
        ["[**b** t](https://a.org)", "L(B(b) t|https://a.org/)"],
        ["[t](https://a.org/(x))", "L(t|https://a.org/(x))"],
        ["![alt](https://a.org/i.png)", "!L(alt|https://a.org/i.png)"],
        ["[t](javascript:alert(1))", "[t](javascript:alert(1))"],
        ["[t](data:text/html,x)", "[t](data:text/html,x)"],
        ["[t](//a.org)", "[t](//a.org)"],
        ["[t](https://a.org x)", "[t](L(https://a.org|https://a.org/) x)"],
        ["https://google.com@evil.org", "https://google.com@evil.org"],
        ["xhttps://a.org", "xhttps://a.org"],
        ["[a [b](https://b.org)](https://a.org)", "[a L(b|https://b.org/)](L(https://a.org|https://a.org/))"],
        [
            "[a https://b.org](https://a.org)",
            "[a L(https://b.org|https://b.org/)](L(https://a.org|https://a.org/))",
        ],
        ["[a]", "[a]"],
        ["[]()", "[]()"],
        ["[](https://a.org)", "[](L(https://a.org|https://a.org/))"],
        ["[* *](https:a.org)", "[* *](https:a.org)"],
        ["[http**s**://b.org](https:a.org)", "[httpB(s)://b.org](https:a.org)"],
        ["[h*ttps://b.org*](https:a.org)", "[hI(ttps://b.org)](https:a.org)"],
        ["[`https://b.org`](https:a.org)", "[C(https://b.org)](https:a.org)"],
        ["[ww*w.b*.org](https:a.org)", "[wwI(w.b).org](https:a.org)"],
        ["[a: /b/ c](https://a.org)", "L(a: /b/ c|https://a.org/)"],
        ["https://a.org/\u202egpj.exe", "L(https://a.org/|https://a.org/)\u202egpj.exe"],
        ["[t](https://a.org/\u2066x)", "[t](L(https://a.org/|https://a.org/)\u2066x)"],
        ["https://", "https://"],
        ["https://xn--80ak6aa92e.com", "L(https://xn--80ak6aa92e.com|https://xn--80ak6aa92e.com/)"],
        ["https://аррӏе.com", "L(https://аррӏе.com|https://xn--80ak6aa92e.com/)"],
    ])("%j", (text, tokens) => expect(short(parseMarkdown(text))).toBe(tokens));
});

test.each(["<b>hi</b>", "# heading", "> quote", "- item", "&amp;", "<script>alert(1)</script>", "| a | b |"])(
    "what isn't in the subset stays text: %j",
    text => expect(parseMarkdown(text)).toEqual([{ kind: "text", text }]),
);

test("a text without marks is itself, and nothing is nothing", () => {
    expect(parseMarkdown("hello")).toEqual([{ kind: "text", text: "hello" }]);
    expect(parseMarkdown("")).toEqual([]);
    const long = "*a* ".repeat(MARKDOWN_MAX_UNITS);
    expect(parseMarkdown(long)).toEqual([{ kind: "text", text: long }]);
});

test("nothing nests deeper than the bound", () => {
    const deep = "*a **b ".repeat(50) + "** *".repeat(50) + "[".repeat(50);
    expect(depth(parseMarkdown(deep))).toBeLessThanOrEqual(NESTING_MAX);
});

test("no text of a naughty string is lost", () => {
    for (const text of readJson<readonly string[]>("naughty-strings/blns.json"))
        if (!/[\\*_`[\]]/.test(text)) expect(plain(parseMarkdown(text))).toBe(text);
});

test.each([
    "*",
    "**a",
    "_a",
    "`",
    "``` \n",
    "```\n",
    "[",
    "](",
    "[](",
    "[a](",
    "(https://",
    "https://",
    "**a** ",
    "*a _b ",
    "`a``b",
    "[x](https://a.org) ",
    "\\*",
    "[*_`",
    "https://a.org/,",
    ",https://a.org/",
    "mailto:(",
    "[a](b(",
    "[://](https:a.b)",
    "](https:a.b)",
])("the work grows with the text and not faster: %j", piece => {
    const text = piece.repeat(Math.floor(MARKDOWN_MAX_UNITS / piece.length));
    expect(expressionsAsked(() => parseMarkdown(text))).toBeLessThan(20 * text.length);
});

/** Every loop over the text asks regular expressions; how many it asked is the work that it was. */
function expressionsAsked(work: () => void): number {
    const exec = RegExp.prototype.exec;
    let asked = 0;
    RegExp.prototype.exec = function (text) {
        asked++;
        return exec.call(this, text);
    };
    try {
        work();
    } finally {
        RegExp.prototype.exec = exec;
    }
    return asked;
}

const depth = (nodes: readonly Markdown[]): number =>
    Math.max(0, ...nodes.map(node => ("children" in node ? 1 + depth(node.children) : 0)));

const plain = (nodes: readonly Markdown[]): string =>
    nodes
        .map(node => ("children" in node ? plain(node.children) : node.kind === "break" ? "\n" : node.text))
        .join("");
