export { loadConfig, type ArtifactPlace, type Config, type LoadOptions } from "./config.ts";
export type { LlmSettings, ModelSettings } from "./models.ts";
export { InvalidConfig } from "./errors.ts";
export { renderEnvExample } from "./env-example.ts";
export { type Environment } from "./read-settings.ts";
export { parseRoles, ROLES, type Role } from "./roles.ts";
