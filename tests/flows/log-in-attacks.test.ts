import { expect, test } from "vitest";
import { AppError } from "#kernel";
import { GuardedClient } from "#platform/egress";
import { isSafe } from "#engines/harvest/testing";
import type { SiteHandler, SiteRequest } from "../sites/local-site.ts";
import { ACCOUNT, signedInList, type SignedInOptions } from "../sites/signed-in-lists.ts";
import { MemoryLogIn } from "../sites/memory-log-in.ts";
import { useHarvester } from "./open-harvester.ts";

const { harvester, serve } = await useHarvester();

/** A site that keeps whatever it is sent, wherever it looks like credentials. */
function thief(answer: (request: SiteRequest) => ReturnType<SiteHandler> = () => ({ body: "<h1>Thank you</h1>" })) {
  const heard: string[] = [];
  const handle: SiteHandler = (request) => {
    heard.push(`${request.method} ${request.path}?${request.query} ${request.form} ${JSON.stringify(request.headers)}`);
    return answer(request);
  };
  const stole = () => heard.some((line) => decodeURIComponent(line.replaceAll("+", " ")).includes(ACCOUNT.password));
  return { handle, stole, heard };
}

async function attacked(options: Partial<SignedInOptions> = {}, url = "/tenders") {
  const site = signedInList({ count: 25, size: 10, ...options });
  const served = await serve(site.handle);
  const logIn = new MemoryLogIn({ origins: [served.url] });
  const run = (allowHosts: readonly string[]) =>
    harvester.harvest({
      url: `${served.url}${url}`,
      allowHosts: [served.host, ...allowHosts],
      transport: "http",
      logIn,
    });
  return { site, served, logIn, run };
}

test("a form that leads to another origin gets nothing", async () => {
  const { handle, stole, heard } = thief();
  const evil = await serve(handle);
  const { logIn, run } = await attacked({ action: `${evil.url}/collect` });

  await expect(run([evil.host])).rejects.toMatchObject({ code: "login_unsafe" });
  expect([stole(), heard, logIn.begun, logIn.refusal]).toEqual([false, [], 0, "unsafe"]);
});

test("a button that leads its form to another origin gets nothing", async () => {
  const { handle, stole } = thief();
  const evil = await serve(handle);
  const form = `<form method="post" action="/login/do"><p>Please sign in.</p><input name="username"><input type="password" name="password"><button formaction="${evil.url}/collect">Sign in</button></form>`;
  const { served, logIn } = await attacked();
  const portal = await serve(({ path }) => (path === "/tenders" ? { body: `<title>Sign in</title>${form}` } : null));
  const own = new MemoryLogIn({ origins: [portal.url] });
  const request = {
    url: `${portal.url}/tenders`,
    allowHosts: [portal.host, evil.host, served.host],
    transport: "http" as const,
  };

  await expect(harvester.harvest({ ...request, logIn: own })).rejects.toMatchObject({ code: "login_unsafe" });
  expect([stole(), own.begun, logIn.begun]).toEqual([false, 0, 0]);
});

test("a base address that bends the form to another origin gets nothing", async () => {
  const { handle, stole } = thief();
  const evil = await serve(handle);
  const portal = await serve(({ path }) =>
    path === "/tenders"
      ? {
          body: `<title>Sign in</title><base href="${evil.url}/"><form method="post" action="do"><p>Please sign in.</p><input name="username"><input type="password" name="password"><button>Sign in</button></form>`,
        }
      : null,
  );
  const logIn = new MemoryLogIn({ origins: [portal.url] });
  const request = { url: `${portal.url}/tenders`, allowHosts: [portal.host, evil.host], transport: "http" as const };

  await expect(harvester.harvest({ ...request, logIn })).rejects.toMatchObject({ code: "login_unsafe" });
  expect([stole(), logIn.begun]).toEqual([false, 0]);
});

test("a redirect to a look-alike before the form gets nothing", async () => {
  const lookalike = signedInList({ count: 5, size: 5 });
  const evil = await serve(lookalike.handle);
  const portal = await serve(() => ({ status: 302, headers: { location: `${evil.url}/login` } }));
  const logIn = new MemoryLogIn({ origins: [portal.url] });
  const request = { url: `${portal.url}/tenders`, allowHosts: [portal.host, evil.host], transport: "http" as const };

  await expect(harvester.harvest({ ...request, logIn })).rejects.toMatchObject({ code: "login_unsafe" });
  expect([lookalike.tries(), logIn.begun]).toEqual([0, 0]);
});

test.each([307, 308])("a %i redirect of the sent form carries it nowhere else", async (status) => {
  const { handle, stole, heard } = thief();
  const evil = await serve(handle);
  const { run } = await attacked({ onSent: () => ({ status, headers: { location: `${evil.url}/collect` } }) });

  await expect(run([evil.host])).rejects.toBeInstanceOf(AppError);
  expect([stole(), heard]).toEqual([false, []]);
});

test("a redirect that drops the form may lead on, without the password", async () => {
  const { handle, stole } = thief();
  const evil = await serve(handle);
  const { run } = await attacked({ onSent: () => ({ status: 302, headers: { location: `${evil.url}/welcome` } }) });

  await run([evil.host]).catch(() => undefined);
  expect(stole()).toBe(false);
});

test("a host without TLS that nobody opened by name gets nothing, nor one that only looks alike", async () => {
  const client = new GuardedClient({ pace: { minDelayMs: 0, concurrency: 1 } });
  const may = (origin: string, given: string, allowHosts: readonly string[] = []) =>
    isSafe(origin, { logIn: new MemoryLogIn({ origins: [given] }), client, allowHosts });

  expect(may("https://portal.example", "https://portal.example")).toBe(true);
  expect(may("http://portal.example", "http://portal.example")).toBe(false);
  expect(may("http://portal.example", "https://portal.example")).toBe(false);
  expect(may("https://portal.example.evil.example", "https://portal.example")).toBe(false);
  expect(may("https://portal.example:8443", "https://portal.example")).toBe(false);
  expect(may("null", "https://portal.example")).toBe(false);
  expect(may("http://127.0.0.1:8088", "http://127.0.0.1:8088")).toBe(false);
  expect(may("http://127.0.0.1:8088", "http://127.0.0.1:8088", ["127.0.0.1:8088"])).toBe(true);
  await client.close();
});

test("a recipe that leads to another origin signs in nowhere", async () => {
  const lookalike = signedInList({ count: 25, size: 10 });
  const evil = await serve(lookalike.handle);
  const own = new MemoryLogIn({ origins: [evil.url] });
  const { recipe } = await harvester.learn({
    url: `${evil.url}/tenders`,
    allowHosts: [evil.host],
    transport: "http",
    logIn: own,
  });
  const { served, logIn } = await attacked();
  if (!recipe) throw new Error("nothing was learnt");
  const tries = lookalike.tries();

  const result = await harvester.harvest({ recipe, allowHosts: [evil.host, served.host], logIn });

  expect(result.reason).toBe("login_failed");
  expect([lookalike.tries(), logIn.begun]).toEqual([tries, 0]);
});

test("a form that sends by GET would put the password into addresses, and is not sent", async () => {
  const portal = await serve(({ path }) =>
    path === "/tenders"
      ? {
          body: `<title>Sign in</title><form action="/login"><p>Please sign in.</p><input name="username"><input type="password" name="password"><button>Sign in</button></form>`,
        }
      : null,
  );
  const logIn = new MemoryLogIn({ origins: [portal.url] });

  await expect(
    harvester.harvest({ url: `${portal.url}/tenders`, allowHosts: [portal.host], transport: "http", logIn }),
  ).rejects.toMatchObject({ code: "browser_not_started" });
  expect(portal.requests.filter((line) => line.includes("password"))).toEqual([]);
});

test("errors, notes and runs hold neither name nor password", async () => {
  const { logIn, run } = await attacked({
    onSent: ({ form }) => ({ status: 401, body: `<h1>No entry for ${form}</h1>` }),
  });
  const error = await run([]).catch((thrown: unknown) => thrown);

  const said = error instanceof AppError ? `${error.message} ${JSON.stringify(error.details)} ${error.stack}` : "";
  expect(said).toContain("did not accept");
  expect(said).not.toContain(ACCOUNT.password);
  expect(said).not.toContain(ACCOUNT.username);
  expect(logIn.refusal).toBe("refused");
});
