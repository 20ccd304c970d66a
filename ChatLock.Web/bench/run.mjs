// Node strips no types at the oldest version supported; Vite, which is here anyway, does.
import { runnerImport } from "vite";

// Vite takes what it finds here over a build's own mode.
process.env.NODE_ENV = "production";

const { module } = await runnerImport(new URL("main.ts", import.meta.url).pathname, { configFile: false });
process.exit(await module.main(process.argv.slice(2)));
