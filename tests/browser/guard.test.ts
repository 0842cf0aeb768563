import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { BrowserPool, type BrowserSession, type SessionOptions } from "#engines/browser";
import { AddressGuard, ProxyPool, startGuardProxy } from "#platform/egress";
import { browserProcessesBelow, serveSite, type LocalSite } from "./local-site.ts";

/** A page that tries everything a page can to reach an address, and reports when all of it has ended. */
const hostilePage = (target: string, name: string): string => `<!doctype html><title>hostile</title>
<img src="http://${target}/img.png"><iframe src="http://${target}/frame" width=200 height=200></iframe>
<link rel=stylesheet href="http://${target}/style.css"><script src="http://${target}/script.js"></script>
<link rel=preconnect href="http://${target}"><link rel=dns-prefetch href="//${target}"><link rel=prefetch href="http://${target}/prefetch">
<video src="http://${target}/video.mp4"></video><object data="http://${target}/object"></object><img src="http://${name}/name.png">
<form id=f method=post action="http://${target}/form" target=popup><input name=a value=b></form>
<script>
  const quietly = (work) => new Promise((done) => { try { Promise.resolve(work()).then(done, done); } catch { done(); } });
  Promise.all([
    quietly(() => fetch("http://${target}/fetch", { mode: "no-cors" })),
    quietly(() => fetch("http://${name}/fetch", { mode: "no-cors" })),
    quietly(() => fetch("http://[::1]:1/x", { mode: "no-cors" })),
    quietly(() => fetch("/redirect-inside", { mode: "no-cors" })),
    quietly(() => navigator.sendBeacon("http://${target}/beacon", "x")),
    quietly(() => new Promise((done) => { const s = new WebSocket("ws://${target}/ws"); s.onerror = s.onopen = done; })),
    quietly(() => new Promise((done) => { const s = new EventSource("http://${target}/events"); s.onerror = s.onopen = done; })),
    quietly(() => new Promise((done) => { const w = new Worker(URL.createObjectURL(new Blob(["fetch('http://${target}/worker',{mode:'no-cors'}).catch(()=>0).then(()=>postMessage(1))"]))); w.onmessage = w.onerror = done; })),
    quietly(() => navigator.serviceWorker.register("/service-worker.js")),
    quietly(() => new Promise((done) => { const p = new RTCPeerConnection({ iceServers: [{ urls: "stun:${target}" }, { urls: "turn:${target}?transport=tcp", username: "u", credential: "c" }] }); p.createDataChannel("x"); p.createOffer().then((o) => p.setLocalDescription(o)); p.onicegatheringstatechange = () => p.iceGatheringState === "complete" && done(); setTimeout(done, 1500); })),
    quietly(() => window.open("http://${target}/popup")),
    quietly(() => document.getElementById("f").submit()),
  ]).then(() => { document.body.append(Object.assign(document.createElement("p"), { id: "done", textContent: "all tried and done, every single one of these requests" })); });
</script>`;

describe("a page in a browser session", () => {
  let canary: LocalSite;
  let site: LocalSite;
  let pool: BrowserPool;
  const sessions: BrowserSession[] = [];

  beforeAll(async () => {
    canary = await serveSite({ "*": "canary" });
    site = await serveSite({
      "/hostile": (_, response) => {
        response
          .writeHead(200, { "content-type": "text/html" })
          .end(hostilePage(canary.host, `rebind.example:${canary.port}`));
      },
      "/redirect-inside": (_, response) =>
        void response.writeHead(302, { location: `http://${canary.host}/redirected` }).end(),
      "/meta": `<meta http-equiv=refresh content="0;url=http://${"127.0.0.1"}:9/x"><p>wait`,
      "/service-worker.js": (_, response) => {
        response.writeHead(200, { "content-type": "text/javascript" });
        response.end(`fetch("http://${canary.host}/service-worker", { mode: "no-cors" })`);
      },
      "/plain": "<!doctype html><p>plain",
    });
    // Names that look public and lead inside.
    const resolve = async (): Promise<string[]> => ["127.0.0.1"];
    pool = new BrowserPool({ guard: new AddressGuard({ resolve }), maxBrowsers: 1, sessionsPerBrowser: 2 });
  });

  afterAll(async () => {
    await pool.close();
    await Promise.all([canary.close(), site.close()]);
    expect(browserProcessesBelow(process.pid)).toEqual([]);
  });

  it("reaches no private address by any means", async () => {
    const session = await openSession({ allowHosts: [site.host], blockResources: false });
    await session.goto(`${site.base}/hostile`);
    const before = await session.snapshot();
    if (!before.html.includes('id="done"'))
      await session.waitForChange({ since: await session.mark(), timeoutMs: 10_000 });
    expect((await session.snapshot()).html).toContain('id="done"');
    expect(site.asked).toContain("/redirect-inside");
    expect(canary.asked).toEqual([]);
    expect(canary.connections()).toBe(0);
  });

  it("would reach it by all of them if the host were open", async () => {
    const inside = await serveSite({ "*": "<p>inside" });
    const outside = await serveSite({
      "/hostile": (_, response) => {
        response
          .writeHead(200, { "content-type": "text/html" })
          .end(hostilePage(inside.host, `inside.example:${inside.port}`));
      },
    });
    const allowHosts = [inside.host, outside.host, `inside.example:${inside.port}`];
    const session = await openSession({ allowHosts, blockResources: false });
    await session.goto(`${outside.base}/hostile`);
    await expect
      .poll(() => inside.asked, { timeout: 10_000 })
      .toEqual(
        expect.arrayContaining([
          "/img.png",
          "/frame",
          "/script.js",
          "/fetch",
          "/name.png",
          "/beacon",
          "/events",
          "/worker",
          "/form",
        ]),
      );
    await Promise.all([inside.close(), outside.close()]);
  });

  afterEach(async () => {
    await Promise.all(sessions.splice(0).map((session) => session.close()));
  });

  const openSession = async (options: SessionOptions = {}): Promise<BrowserSession> => {
    const session = await pool.openSession(options);
    sessions.push(session);
    return session;
  };

  it("is told when the page itself is refused: literal, redirected, resolved, tunnelled", async () => {
    const session = await openSession({ allowHosts: [site.host] });
    const refused = { code: "address_refused", kind: "forbidden" };
    await expect(session.goto(`${canary.base}/direct`)).rejects.toMatchObject(refused);
    await expect(session.goto(`${site.base}/redirect-inside`)).rejects.toMatchObject(refused);
    await expect(session.goto(`http://inside.example:${canary.port}/`)).rejects.toMatchObject(refused);
    await expect(session.goto(`https://inside.example:${canary.port}/`)).rejects.toMatchObject(refused);
    await expect(session.goto("file:///etc/passwd")).rejects.toMatchObject({ code: "bad_url" });
    expect(await session.goto(`${site.base}/plain`)).toMatchObject({ status: 200 });
    expect(canary.connections()).toBe(0);
  });

  it("does not find a host open that another session of the same browser has opened", async () => {
    const [first, second] = await Promise.all([openSession({ allowHosts: [site.host] }), openSession()]);
    expect(await first.goto(`${site.base}/plain`)).toMatchObject({ status: 200 });
    await expect(second.goto(`${site.base}/plain`)).rejects.toMatchObject({ code: "address_refused" });
  });

  it("says unreachable when an open host does not answer", async () => {
    const session = await openSession({ allowHosts: ["127.0.0.1:1234"] });
    await expect(session.goto("http://127.0.0.1:1234/")).rejects.toMatchObject({
      code: "unreachable",
      kind: "unavailable",
    });
  });

  it("goes out through a proxy of the operator, which rests when it fails", async () => {
    const outer = await startGuardProxy({ guard: new AddressGuard({ allowHosts: [site.host] }) });
    const proxies = new ProxyPool({ proxies: [outer.url], clock: () => new Date(0) });
    const proxied = new BrowserPool({ guard: new AddressGuard({ allowHosts: [site.host] }), maxBrowsers: 1, proxies });
    try {
      const session = await proxied.openSession();
      expect(await session.goto(`${site.base}/plain`)).toMatchObject({ status: 200 });
      expect(proxies.status()).toMatchObject([{ used: 1, healthy: true }]);
      await outer.close();
      await expect(session.goto(`${site.base}/plain`)).rejects.toMatchObject({ code: "unreachable" });
      expect(proxies.status()).toMatchObject([{ healthy: false }]);
    } finally {
      await proxied.close();
    }
  });
});
