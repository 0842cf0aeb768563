import { createServer, request as httpRequest } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { AddressGuard } from "./address-guard.ts";
import { startGuardProxy, type GuardProxyOptions } from "./guard-proxy.ts";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function canary(): Promise<{ port: number; hits: () => number }> {
  let hits = 0;
  const server = createServer((request, response) => {
    hits += 1;
    response.writeHead(200, { "x-gleaner-guard": "refused", "content-type": "text/plain" });
    request.pipe(response);
    if (request.method === "GET") response.end("canary");
  });
  server.on("connection", () => (hits += 0));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push({ close: () => (server.closeAllConnections(), server.close()) });
  const { port } = server.address() as AddressInfo;
  return { port, hits: () => hits };
}

async function proxyWith(
  options: Partial<GuardProxyOptions> & { allowHosts?: string[]; resolve?: () => Promise<string[]> },
) {
  const { allowHosts = [], resolve, ...rest } = options;
  const guard = new AddressGuard(resolve ? { allowHosts, resolve } : { allowHosts });
  const proxy = await startGuardProxy({ guard, ...rest });
  open.push(proxy);
  return proxy;
}

function ask(
  proxyPort: number,
  path: string,
  options: { method?: string; body?: string; headers?: Record<string, string> } = {},
) {
  const { method = "GET", body, headers = {} } = options;
  return new Promise<{ status: number; text: string; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const request = httpRequest(
      { host: "127.0.0.1", port: proxyPort, method, path, headers, agent: false },
      (response) => {
        let text = "";
        response.on("data", (chunk) => (text += String(chunk)));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

function tunnel(proxyPort: number, target: string, headers = ""): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(proxyPort, "127.0.0.1", () =>
      socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${headers}\r\n`),
    );
    let text = "";
    socket.on("data", (chunk) => {
      text += String(chunk);
      if (text.startsWith("HTTP/1.1 200") && !text.includes("canary"))
        socket.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(text));
  });
}

describe("the guard proxy", () => {
  it("forwards requests and bodies to open hosts, and does not pass its own mark through", async () => {
    const site = await canary();
    const proxy = await proxyWith({ allowHosts: [`127.0.0.1:${site.port}`] });
    const got = await ask(proxy.port, `http://127.0.0.1:${site.port}/x`);
    expect(got).toMatchObject({ status: 200, text: "canary" });
    expect(got.headers["x-gleaner-guard"]).toBeUndefined();
    expect(await ask(proxy.port, `http://127.0.0.1:${site.port}/x`, { method: "POST", body: "hello" })).toMatchObject({
      text: "hello",
    });
  });

  it("refuses private addresses, plain and tunnelled, and lets nothing arrive", async () => {
    const site = await canary();
    const refused: string[] = [];
    const proxy = await proxyWith({ onRefused: (address) => refused.push(address) });
    const target = `127.0.0.1:${site.port}`;
    expect(await ask(proxy.port, `http://${target}/x`)).toMatchObject({
      status: 403,
      headers: { "x-gleaner-guard": "refused" },
    });
    expect(await tunnel(proxy.port, target)).toMatch(/^HTTP\/1.1 403/);
    expect(await tunnel(proxy.port, "169.254.169.254:80")).toMatch(/^HTTP\/1.1 403/);
    expect(refused).toEqual([`http://${target}/x`, target, "169.254.169.254:80"]);
    expect(site.hits()).toBe(0);
  });

  it("refuses a name that resolves to a private address", async () => {
    const site = await canary();
    const proxy = await proxyWith({ resolve: async () => ["127.0.0.1"] });
    expect((await ask(proxy.port, `http://rebind.example:${site.port}/`)).status).toBe(403);
    expect(await tunnel(proxy.port, `rebind.example:${site.port}`)).toMatch(/^HTTP\/1.1 403/);
    expect(site.hits()).toBe(0);
  });

  it("tunnels to open hosts", async () => {
    const site = await canary();
    const proxy = await proxyWith({ allowHosts: [`127.0.0.1:${site.port}`] });
    expect(await tunnel(proxy.port, `127.0.0.1:${site.port}`)).toContain("canary");
  });

  it("answers 502 when nobody listens, and 400 to who takes it for a web server", async () => {
    const proxy = await proxyWith({ allowHosts: ["127.0.0.1"] });
    const closed = await canary();
    await Promise.all(open.splice(1, 1).map((each) => each.close()));
    expect(await ask(proxy.port, `http://127.0.0.1:${closed.port}/`)).toMatchObject({ status: 502 });
    expect(await ask(proxy.port, "/x")).toMatchObject({ status: 400 });
    expect(await tunnel(proxy.port, "nonsense")).toMatch(/^HTTP\/1.1 (400|403|502)/);
  });

  it("goes out through another proxy, but not to private addresses", async () => {
    const site = await canary();
    const allowHosts = [`127.0.0.1:${site.port}`];
    const outer = await proxyWith({ allowHosts, credentials: { username: "u", password: "p" } });
    const upstream = outer.url.replace("http://", "http://u:p@");
    const inner = await proxyWith({ allowHosts, upstream });
    expect(await ask(inner.port, `http://127.0.0.1:${site.port}/x`)).toMatchObject({ status: 200, text: "canary" });
    expect(await tunnel(inner.port, `127.0.0.1:${site.port}`)).toContain("canary");
    const fenced = await proxyWith({ upstream });
    const hitsBefore = site.hits();
    expect(await ask(fenced.port, `http://127.0.0.1:${site.port}/x`)).toMatchObject({ status: 403 });
    expect(await tunnel(fenced.port, `127.0.0.1:${site.port}`)).toMatch(/^HTTP\/1.1 403/);
    expect(site.hits()).toBe(hitsBefore);
  });

  it("asks for credentials when it has some, and does not listen openly without", async () => {
    const site = await canary();
    const credentials = { username: "u", password: "p" };
    const proxy = await proxyWith({ allowHosts: [`127.0.0.1:${site.port}`], credentials });
    const basic = { "proxy-authorization": `Basic ${Buffer.from("u:p").toString("base64")}` };
    const url = `http://127.0.0.1:${site.port}/`;
    expect((await ask(proxy.port, url)).status).toBe(407);
    expect(await tunnel(proxy.port, `127.0.0.1:${site.port}`)).toMatch(/^HTTP\/1.1 407/);
    expect((await ask(proxy.port, url, { headers: basic })).status).toBe(200);
    await expect(proxyWith({ listenHost: "0.0.0.0" })).rejects.toMatchObject({ code: "open_proxy_refused" });
  });
});
