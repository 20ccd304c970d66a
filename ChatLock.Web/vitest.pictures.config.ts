import { defineConfig } from "vitest/config";
import e2e from "./vitest.e2e.config";

// `npm run pictures` takes the README's pictures of a real conversation into docs/images; look at them before committing.
export default defineConfig({ ...e2e, test: { ...e2e.test, include: ["e2e/pictures/*.ts"] } });
