import type { AuditEvent } from "../api/resources.ts";

/** What can be asked for as a whole, in people's words. */
export const AREAS = [
  { value: "session", label: "Sign-ins" },
  { value: "user", label: "People" },
  { value: "key", label: "Keys of programs" },
  { value: "attention", label: "What needed a person" },
  { value: "heal", label: "Changed pages" },
  { value: "live", label: "Browsers taken over" },
  { value: "api", label: "Other changes" },
] as const;

const SAID: Readonly<Record<string, string>> = {
  "session.started": "Signed in",
  "session.ended": "Signed out",
  "session.refused": "Sign-in refused",
  "user.added": "Added a person",
  "user.role-changed": "Changed a role",
  "user.disabled": "Disabled an account",
  "user.enabled": "Enabled an account",
  "user.password-changed": "Changed their password",
  "user.password-reset": "Set a new password",
  "key.created": "Made a key",
  "key.revoked": "Revoked a key",
  "attention.claimed": "Took something on",
  "attention.given-back": "Gave something back",
  "attention.resolved": "Dealt with something",
  "live.taken-over": "Took a browser over",
  "live.given-back": "Gave a browser back",
};

/** "api.changePortal" is "Change portal", where nothing better is known. */
export function actionInWords(action: string): string {
  const known = SAID[action];
  if (known !== undefined) return known;
  const verb = action.replace(/^api\./, "").replace(/[.-]/g, " ");
  const words = verb.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "user:ada" is ada; a key is called by its name. */
export function actorInWords({ actor, actorName }: Pick<AuditEvent, "actor" | "actorName">): string {
  return actorName ?? nameOfActor(actor);
}

export function nameOfActor(actor: string): string {
  if (actor === "local") return "somebody at this machine";
  if (actor === "anonymous") return "nobody known";
  return actor.replace(/^user:/, "");
}

/** Facts of an event as text, whatever they look like: names and what they are. */
export function detailsInWords(details: AuditEvent["details"]): string {
  return Object.entries(details)
    .filter(([name, value]) => name !== "status" && value !== null && value !== undefined)
    .map(([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
}
