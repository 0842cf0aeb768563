export { buildApi } from "./build-api.ts";
export type { ApiDeps, ApiSettings, BrowserCount, PartHealth } from "./api-deps.ts";
