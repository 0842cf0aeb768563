import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { openSmtpMailer } from "#platform/delivery";

const folder = mkdtempSync(join(tmpdir(), "gleaner-mail-"));
const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
execFileSync(
  "openssl",
  [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"],
    ...["-keyout", key, "-out", cert, "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
  ],
  { stdio: "ignore" },
);
const ca = readFileSync(cert, "utf8");
const PAIR = { key: readFileSync(key), cert: readFileSync(cert) };
const CREDENTIALS = { user: "gleaner", password: "right" };
const MAIL = { to: "team@example.org", subject: "News: Straßenbau", text: "One", html: "<p>One</p>" };

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A mail server, and what it was told and by whom: whether the line was encrypted then. */
async function mailServer(options: SMTPServerOptions = {}) {
  const mails: { source: string; isSecure: boolean; user: unknown }[] = [];
  const logIns: { isSecure: boolean }[] = [];
  const server = new SMTPServer({
    ...PAIR,
    onAuth({ username, password }, session, done) {
      logIns.push({ isSecure: session.secure });
      const isRight = username === CREDENTIALS.user && password === CREDENTIALS.password;
      done(isRight ? null : new Error("no"), isRight ? { user: username } : undefined);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        mails.push({ source: Buffer.concat(chunks).toString(), isSecure: session.secure, user: session.user });
        done();
      });
    },
    ...options,
  });
  // What a client does that refuses our certificate is what is tested.
  server.on("error", () => undefined);
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, "127.0.0.1", () => {
      const address = listening.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
  undo.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port, mails, logIns };
}

async function send(
  port: number,
  security: "starttls" | "tls" | "none",
  { trusted = true, password = CREDENTIALS.password } = {},
) {
  const mailer = openSmtpMailer({
    ...{ host: "localhost", port, security, from: "gleaner@example.org" },
    credentials: { ...CREDENTIALS, password },
    ...(trusted ? { ca } : {}),
  });
  undo.push(() => mailer.close());
  return mailer.send(MAIL, { id: "0198c2f0", signal: new AbortController().signal });
}

describe("e-mail over STARTTLS", () => {
  test("is encrypted before name and password are told", async () => {
    const { port, mails, logIns } = await mailServer();

    expect(await send(port, "starttls")).toEqual({ ok: true, status: 250 });
    expect(logIns).toEqual([{ isSecure: true }]);
    expect(mails).toMatchObject([{ isSecure: true, user: "gleaner" }]);
    expect(mails[0]?.source).toContain("Message-ID: <0198c2f0@example.org>");
  });

  test("is not sent to a server that offers none, nor is the password", async () => {
    const { port, mails, logIns } = await mailServer({ disabledCommands: ["STARTTLS"], allowInsecureAuth: true });

    expect(await send(port, "starttls")).toMatchObject({ ok: false, isFinal: false });
    expect([mails, logIns]).toEqual([[], []]);
  });

  test("is not sent to a server whose certificate nobody vouches for, and may be later", async () => {
    const { port, mails, logIns } = await mailServer();

    expect(await send(port, "starttls", { trusted: false })).toMatchObject({ ok: false, isFinal: false });
    expect([mails, logIns]).toEqual([[], []]);
  });
});

describe("e-mail over TLS from the first byte", () => {
  test("arrives", async () => {
    const { port, mails, logIns } = await mailServer({ secure: true });

    expect(await send(port, "tls")).toEqual({ ok: true, status: 250 });
    expect([mails.length, logIns]).toEqual([1, [{ isSecure: true }]]);
  });

  test("is not sent to a server that speaks openly, nor to one that nobody vouches for", async () => {
    const open = await mailServer({ allowInsecureAuth: true });
    const strange = await mailServer({ secure: true });

    expect(await send(open.port, "tls")).toMatchObject({ ok: false, isFinal: false });
    expect(await send(strange.port, "tls", { trusted: false })).toMatchObject({ ok: false, isFinal: false });
    expect([open.mails, open.logIns, strange.mails, strange.logIns]).toEqual([[], [], [], []]);
  });
});

test("a wrong password is told, tried again later, and not repeated in what is told", async () => {
  const { port, mails } = await mailServer();
  const outcome = await send(port, "starttls", { password: "wrong-horse" });

  expect(outcome).toMatchObject({ ok: false, status: 535, isFinal: false });
  expect(JSON.stringify(outcome)).not.toContain("wrong-horse");
  expect(mails).toEqual([]);
});

test("a mailbox that is full for now may be tried again; one that is not there will not be", async () => {
  const refusing = (responseCode: number) =>
    mailServer({ onRcptTo: (_address, _session, done) => done(Object.assign(new Error("no"), { responseCode })) });
  const [full, gone] = [await refusing(452), await refusing(550)];

  expect(await send(full.port, "starttls")).toMatchObject({ ok: false, status: 452, isFinal: false });
  expect(await send(gone.port, "starttls")).toMatchObject({ ok: false, status: 550, isFinal: true });
});
