import { beforeEach, describe, expect, test } from "vitest";
import { silentLogger } from "#kernel";
import type { LogIn } from "#engines/harvest";
import { SecretSeal } from "#platform/storage";
import { useTestDatabase } from "#platform/storage/testing";
import { PortalLogins } from "./portal-logins.ts";
import { PortalLoginStore, SealedLogIns } from "./portal-login-store.ts";

const db = await useTestDatabase();
const OLD = { id: "0707abcd", bytes: new Uint8Array(32).fill(7) };
const NEW = { id: "0909abcd", bytes: new Uint8Array(32).fill(9) };
const PORTAL = { id: "town", url: "https://town.example/tenders" };
const WISH = { username: "buyer@example.org", password: "correct-horse", totp: "JBSWY3DPEHPK3PXP" };
const SESSION = {
  cookies: [],
  origins: [{ origin: "https://town.example", localStorage: [{ name: "token", value: "t-1" }] }],
};
const signal = new AbortController().signal; // prettier-ignore
let now = new Date("2026-03-01T10:00:00Z");

/** What a process has; each test may start several over one database. */
function start(keys = [OLD]): PortalLogins {
  const logins = new PortalLoginStore(db);
  const [first = OLD, ...rest] = keys;
  const seal = new SecretSeal([first, ...rest]);
  return new PortalLogins({ logins, seal, clock: () => now, logger: silentLogger, sessionMs: 3_600_000 });
}

async function logInOf(logins: PortalLogins): Promise<LogIn> {
  const logIn = await logins.accessFor(PORTAL.id, PORTAL.url);
  if (!logIn) throw new Error("The log-in is not there.");
  return logIn;
}

const later = (seconds: number): void => void (now = new Date(now.getTime() + seconds * 1_000));

beforeEach(async () => {
  now = new Date("2026-03-01T10:00:00Z");
  const { id, url } = PORTAL;
  const row = { id, name: "Town", url, configuration: "{}", created_at: now, updated_at: now };
  await db.insertInto("portal").values(row).execute();
  await start().set(PORTAL, WISH, { by: "test" });
});

describe("a try whose worker was killed", () => {
  test("is not made again where nobody knows whether the password is right: a person has to look", async () => {
    await (await logInOf(start())).begin(signal);
    later(151);
    const next = await logInOf(start());

    await expect(next.begin(signal)).rejects.toMatchObject({ code: "login_failed", details: { why: "unanswered" } });
  });

  test("is made once more where the portal accepted this password before, and then a person has to look", async () => {
    const first = await logInOf(start());
    await first.begin(signal);
    await first.keep(SESSION);
    await (await logInOf(start())).begin(signal);
    later(151);
    await (await logInOf(start())).begin(signal);
    later(151);
    const last = await logInOf(start());

    await expect(last.begin(signal)).rejects.toMatchObject({ details: { why: "unanswered" } });
  });

  test("may be alive as long as a try lasts: others wait for it, and stop waiting when told to", async () => {
    await (await logInOf(start())).begin(signal);
    later(149);
    const giveUp = new AbortController();
    const next = (await logInOf(start())).begin(giveUp.signal);
    giveUp.abort(new Error("The job was cancelled."));

    await expect(next).rejects.toThrow("The job was cancelled.");
  });

  test("is forgotten when a person says that it may be tried again", async () => {
    await (await logInOf(start())).begin(signal);
    later(151);
    await start().allowAgain(PORTAL.id);

    expect(await (await logInOf(start())).begin(signal)).toMatchObject({ username: WISH.username });
  });
});

describe("a change of the key that seals", () => {
  const sealed = () =>
    db.selectFrom("portal_login").select(["secrets", "session"]).where("portal_id", "=", PORTAL.id).executeTakeFirstOrThrow(); // prettier-ignore

  test("puts password, secret of codes and session under the new key, and all of them open with it alone", async () => {
    await (await logInOf(start())).keep(SESSION);
    const outcome = await new SealedLogIns({ db, seal: new SecretSeal([NEW, OLD]) }).reseal();
    const { secrets, session } = await sealed();
    const after = await logInOf(start([NEW]));

    expect(outcome).toEqual({ changed: 2, lost: 0 });
    expect([secrets, session].map((text) => text?.split(".")[1])).toEqual([NEW.id, NEW.id]);
    expect(after.session).toEqual(SESSION);
    expect(await after.begin(signal)).toMatchObject({ password: WISH.password, code: expect.any(Function) });
  });

  test("does nothing twice", async () => {
    const holder = new SealedLogIns({ db, seal: new SecretSeal([NEW, OLD]) });
    await holder.reseal();

    expect(await holder.reseal()).toEqual({ changed: 0, lost: 0 });
  });

  test("counts what nobody can open any more, and leaves it", async () => {
    const before = await sealed();

    expect(await new SealedLogIns({ db, seal: new SecretSeal([NEW]) }).reseal()).toEqual({ changed: 0, lost: 1 });
    expect(await sealed()).toEqual(before);
  });

  test("that lost the old one asks for the log-in anew, and takes it", async () => {
    const logins = start([NEW]);

    await expect(logins.accessFor(PORTAL.id, PORTAL.url)).rejects.toMatchObject({ code: "secret_key_lost" });
    await logins.set(PORTAL, WISH, { by: "test" });
    expect(await (await logInOf(logins)).begin(signal)).toMatchObject({ password: WISH.password });
  });
});

test("secrets of one portal do not open as those of another", async () => {
  const { secrets } = await db.selectFrom("portal_login").select("secrets").executeTakeFirstOrThrow();
  const row = { id: "other", name: "Other", url: PORTAL.url, configuration: "{}", created_at: now, updated_at: now };
  await db.insertInto("portal").values(row).execute();
  await start().set({ ...PORTAL, id: "other" }, { ...WISH, password: "another one" }, { by: "test" });
  await db.updateTable("portal_login").set({ secrets }).where("portal_id", "=", "other").execute();

  await expect(start().accessFor("other", PORTAL.url)).rejects.toMatchObject({ code: "secret_altered" });
});
