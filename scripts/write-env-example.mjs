// Run after changing src/platform/config/settings.ts: writes .env.example from the schema (`npm run env-example`).
import { writeFileSync } from "node:fs";
import { renderEnvExample } from "#platform/config";

writeFileSync(new URL("../.env.example", import.meta.url), renderEnvExample());
