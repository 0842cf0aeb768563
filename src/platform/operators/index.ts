export { ROLES, permits, type Role } from "./role.ts";
export { stateOf, type ApiKey, type KeyState } from "./api-key.ts";
export { ApiKeys, type ApiKeysDeps, type NewKey } from "./api-keys.ts";
export { AuditLog, type AuditEntry, type AuditEvent, type AuditQuery } from "./audit-log.ts";
export { Attention, type Matter } from "./attention.ts";
export type { AttentionItem, ClaimedItem, OpenItem, ResolvedItem } from "./attention-item.ts";
export { generatePassword } from "./users/password.ts";
export { SESSION_LIMITS, type Session, type SessionLimits, type SignedIn } from "./users/session.ts";
export { Sessions, type SessionsDeps, type StartedSession } from "./users/sessions.ts";
export { SetUpCode } from "./users/set-up-code.ts";
export { USER_ROLES, actorOf, type User, type UserRole } from "./users/user.ts";
export { Users, type NewUser, type UserChange, type UsersDeps } from "./users/users.ts";
export {
  AttentionNotFound,
  AttentionResolved,
  AttentionTaken,
  BadUserName,
  KeyNotFound,
  LastAdmin,
  PasswordTooWeak,
  PasswordWrong,
  SetUpRefused,
  SignInBusy,
  SignInFailed,
  SignInTooOften,
  UserExists,
  UserNotFound,
} from "./errors.ts";
