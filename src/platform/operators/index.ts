export { ROLES, permits, type Role } from "./role.ts";
export { stateOf, type ApiKey, type KeyState } from "./api-key.ts";
export { ApiKeys, type ApiKeysDeps, type NewKey } from "./api-keys.ts";
export { AuditLog, type AuditEntry, type AuditEvent, type AuditQuery } from "./audit-log.ts";
export { Attention, type Matter } from "./attention.ts";
export type { AttentionItem, ClaimedItem, OpenItem, ResolvedItem } from "./attention-item.ts";
export { AttentionNotFound, AttentionResolved, AttentionTaken, KeyNotFound } from "./errors.ts";
