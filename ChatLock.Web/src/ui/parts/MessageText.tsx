/** A message's text in the safe subset of Markdown. Everything ends in text nodes; links open without an opener. */

import { useMemo, useRef } from "preact/hooks";
import { parseMarkdown, type Markdown } from "../../text/markdown";
import { useStore } from "../context";
import { copyText } from "../copyText";
import { Icon } from "./Icon";

export function MessageText({ text, isInline = false }: { text: string; isInline?: boolean }) {
    const nodes = useMemo(() => parseMarkdown(text), [text]);
    return (
        <span class={isInline ? "markdown inline" : "markdown"} dir="auto">
            <Nodes nodes={nodes} />
        </span>
    );
}

function Nodes({ nodes }: { nodes: readonly Markdown[] }) {
    return (
        <>
            {nodes.map((node, index) => (
                <Node key={index} node={node} />
            ))}
        </>
    );
}

function Node({ node }: { node: Markdown }) {
    switch (node.kind) {
        case "text":
            return <>{node.text}</>;
        case "break":
            return <br />;
        case "bold":
            return (
                <strong>
                    <Nodes nodes={node.children} />
                </strong>
            );
        case "italic":
            return (
                <em>
                    <Nodes nodes={node.children} />
                </em>
            );
        case "code":
            return <code>{node.text}</code>;
        case "code-block":
            return <CodeBlock text={node.text} language={node.language} />;
        case "link":
            return <Link href={node.href} label={node.children} />;
    }
}

/** A label that doesn't say where it leads gets the host behind it. */
function Link({ href, label }: { href: string; label: readonly Markdown[] }) {
    const { host } = new URL(href);
    return (
        <>
            <a href={href} target="_blank" rel="noopener noreferrer nofollow" title={href}>
                <Nodes nodes={label} />
            </a>
            {host !== "" && !plainText(label).includes(host) && <span class="link-host"> ({host})</span>}
        </>
    );
}

function plainText(nodes: readonly Markdown[]): string {
    return nodes
        .map(node => ("text" in node ? node.text : "children" in node ? plainText(node.children) : ""))
        .join("");
}

function CodeBlock({ text, language }: { text: string; language: string | undefined }) {
    const store = useStore();
    const code = useRef<HTMLElement>(null);
    return (
        <span class="code-block">
            <span class="code-bar">
                <span>{language ?? "code"}</span>
                <button
                    type="button"
                    class="small"
                    onClick={async () => {
                        store.toast.value = (await copyText(text))
                            ? "Copied."
                            : "The browser didn't allow copying.";
                    }}
                >
                    <Icon name="copy" size={14} /> Copy
                </button>
            </span>
            <code ref={code} class="code-text" tabIndex={0} role="region" aria-label="Code">
                {text}
            </code>
        </span>
    );
}
