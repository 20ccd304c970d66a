// Node strips no types at the oldest version supported; Vite, which is here anyway, does.
import { runnerImport } from "vite";

const { module } = await runnerImport(new URL("main.ts", import.meta.url).pathname, {
    configFile: false,
    mode: "production",
});
process.exit(await module.main(process.argv.slice(2)));
