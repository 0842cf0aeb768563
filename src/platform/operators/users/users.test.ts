import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { useTestDatabase } from "#platform/storage/testing";
import { AuditLog } from "../audit-log.ts";
import {
  BadUserName,
  LastAdmin,
  PasswordTooWeak,
  PasswordWrong,
  SetUpRefused,
  SignInFailed,
  SignInTooOften,
  UserExists,
  UserNotFound,
} from "../errors.ts";
import { generatePassword } from "./password.ts";
import { Sessions } from "./sessions.ts";
import { SetUpCode } from "./set-up-code.ts";
import { Users } from "./users.ts";

const db = await useTestDatabase();
const NOON = new Date("2026-01-01T12:00:00Z");
const HOUR = 3_600_000;
const PASSWORD = "tide pool lantern nine";
const HOME = "192.0.2.7";
let now = NOON;
const clock = () => now;
const audit = new AuditLog({ db, clock });
const users = new Users({ db, audit, clock });
const sessions = new Sessions({ db, audit, clock });

beforeEach(() => {
  now = NOON;
});

const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};
const addAda = (role: "viewer" | "operator" | "admin" = "admin") =>
  users.add({ name: "Ada@Example.org", role, password: PASSWORD }, "test");
const signIn = (password = PASSWORD, address = HOME) =>
  sessions.signIn({ name: " ADA@example.org", password, address });

test("a person signs in, is recognised, and signs out", async () => {
  const ada = await addAda("operator");
  const { token } = await signIn();
  const recognised = await sessions.authenticate(token);
  if (recognised) await sessions.signOut(recognised);

  expect(recognised?.user).toMatchObject({ id: ada.id, name: "ada@example.org", role: "operator" });
  expect(await sessions.authenticate(token)).toBeNull();
  expect((await audit.list()).map(({ actor, action }) => `${actor} ${action}`)).toEqual([
    "user:ada@example.org session.ended",
    "user:ada@example.org session.started",
    "test user.added",
  ]);
});

test("neither a password nor a session's token can be read from the database", async () => {
  await addAda();
  const { token } = await signIn();
  const accounts = await sql`select * from user_account`.execute(db);
  const rows = await sql`select * from user_session`.execute(db);
  const stored = JSON.stringify([accounts.rows, rows.rows, await audit.list()]);

  expect(stored).toContain("$argon2id$v=19$m=19456,t=2,p=1$");
  expect(stored).not.toContain(PASSWORD);
  expect(stored).not.toContain(token);
});

test("an unknown name, a wrong password and a disabled account are refused alike", async () => {
  const ada = await addAda("viewer");
  const wrong = await signIn("tide pool lantern ten").catch(String);
  const unknown = await sessions.signIn({ name: "bob", password: PASSWORD, address: HOME }).catch(String);
  await users.change(ada.id, { disabled: true }, "test");
  const disabled = await signIn().catch(String);

  expect(new Set([wrong, unknown, disabled]).size).toBe(1);
  await expect(signIn()).rejects.toThrow(SignInFailed);
});

test("a refused sign-in is on record without what was typed", async () => {
  await addAda();
  await signIn("my other password 7").catch(() => undefined);
  await sessions.signIn({ name: "hunter2-typed-as-name", password: "x", address: HOME }).catch(() => undefined);
  const [unknown, known] = await audit.list({ action: "session.refused" });

  expect(known).toMatchObject({ subject: "user:ada@example.org", details: { address: HOME } });
  expect(unknown).toMatchObject({ subject: null });
  expect(JSON.stringify([unknown, known])).not.toMatch(/hunter2|my other password/);
});

test("wrong passwords make the next try wait, longer each time; a right one then needs to wait too, and forgets them", async () => {
  await addAda();
  for (let count = 0; count < 5; count += 1) await expect(signIn("wrong")).rejects.toThrow(SignInFailed);
  await expect(signIn()).rejects.toThrow(SignInTooOften);
  later(1_000);
  await expect(signIn("wrong")).rejects.toThrow(SignInFailed);
  later(1_000);
  await expect(signIn()).rejects.toThrow(SignInTooOften);
  later(1_000);
  await signIn();

  await expect(signIn("wrong")).rejects.toThrow(SignInFailed);
  await signIn();
});

test("guesses at the same time are not all free", async () => {
  await addAda();
  const answers = await Promise.all(Array.from({ length: 12 }, () => signIn("wrong").catch((error: unknown) => error)));

  expect(answers.filter((error) => error instanceof SignInFailed)).toHaveLength(5);
  expect(answers.filter((error) => error instanceof SignInTooOften)).toHaveLength(7);
});

test("guessing one account from many addresses is slowed down, and does not shut out who is known there", async () => {
  await addAda();
  await signIn();
  for (let host = 1; host <= 20; host += 1)
    await expect(signIn("wrong", `198.51.100.${host}`)).rejects.toThrow(SignInFailed);

  await expect(signIn(PASSWORD, "198.51.100.99")).rejects.toThrow(SignInTooOften);
  await signIn(PASSWORD, HOME);
});

test("guessing many accounts from one address is slowed down, also across an IPv6 network", async () => {
  const guess = (count: number) =>
    sessions.signIn({ name: `user${count}`, password: "wrong", address: `2001:db8:1:2::${count.toString(16)}` });
  for (let count = 1; count <= 30; count += 1) await expect(guess(count)).rejects.toThrow(SignInFailed);

  await expect(guess(31)).rejects.toThrow(SignInTooOften);
});

test("a session ends when it is left alone for half a day, and at the latest after a week", async () => {
  await addAda();
  const { token: idle } = await signIn();
  later(12 * HOUR);
  const afterIdle = await sessions.authenticate(idle);
  const { token: busy, session } = await signIn();
  let lasted = 0;
  for (; lasted < 60 && (await sessions.authenticate(busy)) !== null; lasted += 1) later(6 * HOUR);

  expect(afterIdle).toBeNull();
  expect(session.expiresAt.getTime() - session.startedAt.getTime()).toBe(7 * 24 * HOUR);
  expect(lasted).toBe(28);
});

test("a session ends with a changed password, a reset one, and a disabled account", async () => {
  await users.add({ name: "root", role: "admin", password: PASSWORD }, "test");
  const ada = await addAda();
  const first = await signIn();
  const elsewhere = await signIn(PASSWORD, "192.0.2.8");
  const next = "another tide, another pool";
  const renewed = await sessions.changePassword(first, { current: PASSWORD, next, address: HOME });
  const afterChange = [first, elsewhere, renewed].map(({ token }) => sessions.authenticate(token));
  const alive = (await Promise.all(afterChange)).map((found) => found !== null);
  await users.resetPassword(ada.id, PASSWORD, "test");
  const afterReset = await sessions.authenticate(renewed.token);
  const again = await signIn();
  await users.change(ada.id, { disabled: true }, "test");
  const afterDisabling = await sessions.authenticate(again.token);
  await users.change(ada.id, { disabled: false }, "test");

  expect(alive).toEqual([false, false, true]);
  expect([afterReset, afterDisabling, await sessions.authenticate(again.token)]).toEqual([null, null, null]);
});

test("changing a password needs the current one, and guessing it there is slowed down too", async () => {
  await addAda();
  const signedIn = await signIn();
  const change = (current: string) =>
    sessions.changePassword(signedIn, { current, next: "another tide, another pool", address: HOME });
  for (let count = 0; count < 5; count += 1) await expect(change("wrong")).rejects.toThrow(PasswordWrong);

  await expect(change(PASSWORD)).rejects.toThrow(SignInTooOften);
  expect(await sessions.authenticate(signedIn.token)).not.toBeNull();
});

test.each(["", "short", "aaaaaaaaaaaaaaaa", "abababababababab", "ada@example.org!", "x".repeat(201)])(
  "%j is no password",
  async (password) => {
    await expect(users.add({ name: "ada@example.org", role: "viewer", password }, "test")).rejects.toThrow(
      PasswordTooWeak,
    );
  },
);

test("a generated password is strong and never the same", () => {
  expect(generatePassword()).toMatch(/^[\w-]{20}$/);
  expect(generatePassword()).not.toBe(generatePassword());
});

test("a name is taken once however it is spelled, and blanks make no name", async () => {
  await addAda();

  await expect(users.add({ name: "ADA@EXAMPLE.ORG", role: "viewer", password: PASSWORD }, "test")).rejects.toThrow(
    UserExists,
  );
  for (const name of ["", " ", "two words", "tab\tbed", "null\u0000"])
    await expect(users.add({ name, role: "viewer", password: PASSWORD }, "test")).rejects.toThrow(BadUserName);
});

test("the last admin who can sign in stays one", async () => {
  const ada = await addAda();
  await expect(users.change(ada.id, { disabled: true }, "test")).rejects.toThrow(LastAdmin);
  await expect(users.change(ada.id, { role: "viewer" }, "test")).rejects.toThrow(LastAdmin);
  const bob = await users.add({ name: "bob", role: "admin", password: PASSWORD }, "test");
  await users.change(ada.id, { role: "viewer" }, "test");

  await expect(users.change(bob.id, { disabled: true }, "test")).rejects.toThrow(LastAdmin);
  expect(await users.list()).toMatchObject([
    { name: "ada@example.org", role: "viewer" },
    { name: "bob", role: "admin", disabledAt: null },
  ]);
});

test("the first account is made once, an admin's", async () => {
  const answers = await Promise.allSettled(["ada", "bob"].map((name) => users.addFirst({ name, password: PASSWORD })));

  expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await users.list()).toMatchObject([{ role: "admin", createdBy: "set-up" }]);
  await expect(users.addFirst({ name: "eve", password: PASSWORD })).rejects.toThrow(SetUpRefused);
});

test("the code that sets the first account up opens with itself only", () => {
  const setUp = new SetUpCode();

  expect(setUp.code).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{8}){3}$/);
  expect(setUp.matches(` ${setUp.code.toUpperCase()} `)).toBe(true);
  expect(["", setUp.code.slice(1), new SetUpCode().code].some((code) => setUp.matches(code))).toBe(false);
});

test("changing or resetting an account that is not there fails by name", async () => {
  await expect(users.change("nonsense", { disabled: true }, "test")).rejects.toThrow(UserNotFound);
  await expect(users.resetPassword("00000000-0000-7000-8000-000000000000", PASSWORD, "test")).rejects.toThrow(
    UserNotFound,
  );
});

test("the audit log is searched by who, what, about what and when", async () => {
  await audit.record({ actor: "ada", action: "session.started" });
  later(HOUR);
  await audit.record({ actor: "ada", action: "portal.added", subject: "merrow" });
  await audit.record({ actor: "bob", action: "sessions_x.y" });
  const found = async (query: Parameters<AuditLog["list"]>[0]) => (await audit.list(query)).map(({ action }) => action);

  expect(await found({ actor: "ada" })).toEqual(["portal.added", "session.started"]);
  expect(await found({ action: "session" })).toEqual(["session.started"]);
  expect(await found({ action: "portal.added" })).toEqual(["portal.added"]);
  expect(await found({ action: "%" })).toEqual([]);
  expect(await found({ subject: "merrow" })).toEqual(["portal.added"]);
  expect(await found({ since: now })).toEqual(["sessions_x.y", "portal.added"]);
  expect(await found({ until: now })).toEqual(["session.started"]);
});
