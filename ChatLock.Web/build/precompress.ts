/** Writes FILE.br and FILE.gz beside each file of text in the built page, as small as they get: the gateway serves these
 * bytes and compresses nothing itself. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const compressible = /\.(html|js|css|svg|json|webmanifest)$/;

export function precompress(): Plugin {
    let folder = "";
    return {
        name: "chatlock:precompress",
        apply: "build",
        configResolved: config => {
            folder = resolve(config.root, config.build.outDir);
        },
        writeBundle: { order: "post", sequential: true, handler: () => compressFolder(folder) },
    };
}

function compressFolder(folder: string): void {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
        if (entry.isFile() && compressible.test(entry.name)) compressFile(join(entry.parentPath, entry.name));
}

function compressFile(file: string): void {
    const content = readFileSync(file);
    const brotli = brotliCompressSync(content, {
        params: {
            [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
            [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
        },
    });
    const gzip = gzipSync(content, { level: constants.Z_BEST_COMPRESSION });
    if (brotli.length < content.length) writeFileSync(`${file}.br`, brotli);
    if (gzip.length < content.length) writeFileSync(`${file}.gz`, gzip);
}
