import type { Portal } from "../portal.ts";
import { signedInList, type SignedInOptions } from "../signed-in-lists.ts";
import { tenders } from "../tenders.ts";
import { boroughPortal } from "./borough-portals.ts";

interface Plan {
  readonly name: string;
  readonly site?: Partial<SignedInOptions>;
  readonly account?: Portal["account"];
  readonly needs?: Portal["needs"];
  /** Other than everything. */
  readonly ends?: Partial<Portal["truth"]>;
}

const PLANS: readonly Plan[] = [
  { name: "name and password" },
  { name: "a hidden token beside the password", site: { token: true } },
  { name: "name first, then the password", site: { form: "two" } },
  { name: "a log-in that a script draws", site: { form: "drawn" }, needs: "browser" },
  { name: "a session that ends on the way", site: { endsSessionAfter: 2 } },
  { name: "a drawn log-in whose session ends", site: { form: "drawn", endsSessionAfter: 2 }, needs: "browser" },
  { name: "a code after the password", site: { codes: true }, account: { hasCodes: true } },
  { name: "a code after a drawn log-in", site: { codes: true, form: "drawn" }, account: { hasCodes: true }, needs: "browser" },
  { name: "a wrong password", account: { password: "wrong" }, needs: "person", ends: { error: "login_failed" } },
  { name: "a code that nobody can make", site: { codes: true }, needs: "person", ends: { error: "login_failed" } },
  {
    name: "an account that the portal locks",
    site: { locksAfter: 1 },
    account: { password: "wrong" },
    needs: "person",
    ends: { completeness: "incomplete", stopped: "wall", wall: "login" },
  },
]; // prettier-ignore

/** Portals that show their list to those who sign in. The visitor has an account there. */
export const SIGNED_IN_PORTALS: readonly Portal[] = PLANS.map(({ name, site, account = {}, needs, ends }) => ({
  ...boroughPortal(name, {
    kind: "log-in",
    handle: () => signedInList({ count: 30, size: 10, ...site }).handle,
    of: ends ? [] : tenders(30),
    ...(needs ? { needs } : {}),
    ...ends,
  }),
  account,
}));
