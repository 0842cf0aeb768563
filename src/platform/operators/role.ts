/** What a key may do. `viewer < operator < admin`; `bot` stands aside: it may do what bots do and nothing else. */
export const ROLES = ["viewer", "operator", "admin", "bot"] as const;

export type Role = (typeof ROLES)[number];

const RANK: Readonly<Record<Role, number>> = { bot: 0, viewer: 1, operator: 2, admin: 3 };

/** Whether somebody of role `held` may do what asks for `needed`. An admin may also do what bots do. */
export function permits(held: Role, needed: Role): boolean {
  if (needed === "bot") return held === "bot" || held === "admin";
  return RANK[held] >= RANK[needed];
}
