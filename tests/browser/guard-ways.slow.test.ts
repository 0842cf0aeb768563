import { createSocket, type Socket } from "node:dgram";
import type { ServerResponse } from "node:http";
import { once } from "node:events";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { BrowserPool, type BrowserSession } from "#engines/browser";
import { AddressGuard } from "#platform/egress";
import { serveSite, type LocalSite } from "./local-site.ts";

const LIMIT = { timeout: 120_000 };
const WAIT = { timeout: 60_000, interval: 250 };
const REDIRECTS = [301, 302, 303, 307, 308];

/** Spellings of one target by which a redirect or a link could lead there. */
const spellings = (port: number): string[] => [
  `//127.0.0.1:${port}/slashes`,
  `\\\\127.0.0.1:${port}\\backslashes`,
  `/\\127.0.0.1:${port}/mixed`,
  `http://127.1:${port}/short`,
  `http://2130706433:${port}/number`,
  `http://0x7f.1:${port}/hex`,
  `http://017700000001:${port}/octal`,
  `http://127。0。0。1:${port}/dots`,
  `http://１２７.0.0.1:${port}/wide`,
  `http://[::ffff:127.0.0.1]:${port}/mapped`,
  `http://[::1]:${port}/six`,
  `http://localhost:${port}/name`,
  `http://a.localhost:${port}/below`,
  `http://0.0.0.0:${port}/zero`,
  `http://user:word@127.0.0.1:${port}/user`,
];

/** What `guard.test.ts` does not try: loads without scripts, newer interfaces, reports, and odd spellings. */
const waysOut = (target: string, port: number): string => `<!doctype html><title>ways</title>
<link rel=manifest href="http://${target}/manifest"><link rel=icon href="http://${target}/icon"><link rel=modulepreload href="http://${target}/module">
<link rel=preload as=script href="http://${target}/preload"><link rel=prerender href="http://${target}/prerender">
<script type=speculationrules>{"prerender":[{"urls":["http://${target}/speculated"],"eagerness":"immediate"}],"prefetch":[{"urls":["http://${target}/fetched-ahead"],"eagerness":"immediate"}]}</script>
<style>@import url("http://${target}/import.css"); @font-face { font-family: x; src: url("http://${target}/font.woff2") } body { font-family: x; background: url("http://${target}/background.png") }</style>
<embed src="http://${target}/embed.pdf" type=application/pdf><input type=image src="http://${target}/input.png"><img srcset="http://${target}/set.png 1x">
<audio src="http://${target}/audio.mp3" autoplay></audio><video poster="http://${target}/poster.png"><track default src="http://${target}/track.vtt"></video>
<svg><image href="http://${target}/svg.png"/><use href="http://${target}/use.svg#x"/></svg>
<iframe srcdoc='<img src="http://${target}/srcdoc.png">'></iframe><iframe sandbox=allow-scripts src="data:text/html,<script>fetch('http://${target}/data',{mode:'no-cors'})</script>"></iframe>
<iframe src="/refresh"></iframe><iframe src="/script-location"></iframe>
${REDIRECTS.map((status) => `<iframe src="/redirect/${status}"></iframe>`).join("")}
${spellings(port)
  .map((_, at) => `<img src="/spelled/${at}"><iframe src="/spelled/${at}"></iframe>`)
  .join("")}
${spellings(port)
  .map((address) => `<img src="${address}">`)
  .join("")}
<a id=ping href="#x" ping="http://${target}/ping">x</a>
<script>
  const quietly = (work) => new Promise((done) => { setTimeout(done, 3000); try { Promise.resolve(work()).then(done, done); } catch { done(); } });
  Promise.all([
    quietly(() => fetch("http://${target}/kept", { mode: "no-cors", keepalive: true })),
    quietly(() => fetchLater("http://${target}/later", { activateAfter: 0 })),
    quietly(() => new WebTransport("https://${target}/transport").ready),
    quietly(() => new Promise((done) => { const w = new SharedWorker(URL.createObjectURL(new Blob(["fetch('http://${target}/shared',{mode:'no-cors'})"]))); w.onerror = done; setTimeout(done, 800); })),
    quietly(() => new Promise((done) => { const w = new Worker(URL.createObjectURL(new Blob(["importScripts('http://${target}/imported')"]))); w.onerror = done; })),
    quietly(() => import("http://${target}/module.js")),
    quietly(() => new PaymentRequest([{ supportedMethods: "http://${target}/pay" }], { total: { label: "x", amount: { currency: "EUR", value: "1" } } }).canMakePayment()),
    quietly(() => navigator.credentials.get({ identity: { providers: [{ configURL: "http://${target}/identity", clientId: "x" }] } })),
    quietly(() => new Promise((done) => { const p = new RTCPeerConnection({ iceServers: [{ urls: ["stun:${target}", "turn:${target}?transport=udp"], username: "u", credential: "c" }] }); p.createDataChannel("x"); p.createOffer().then((o) => p.setLocalDescription(o)); p.onicegatheringstatechange = () => p.iceGatheringState === "complete" && done(); })),
    quietly(() => document.getElementById("ping").click()),
  ]).then(() => { document.body.append(Object.assign(document.createElement("p"), { id: "done", textContent: "all of these further ways were tried and have ended now" })); });
</script>`;

/** The hostile site, which also sends what headers can ask of a browser. */
async function serveHostile(target: string, port: number): Promise<LocalSite> {
  const html = (response: ServerResponse, body: string, headers: object = {}) =>
    void response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers }).end(body);
  const redirects = REDIRECTS.map((status) => [
    `/redirect/${status}`,
    (_: unknown, response: ServerResponse) =>
      void response.writeHead(status, { location: `http://${target}/redirected-${status}` }).end(),
  ]);
  const spelled = spellings(port).map((address, at) => [
    `/spelled/${at}`,
    (_: unknown, response: ServerResponse) =>
      void response.writeHead(302, { location: Buffer.from(address, "utf8").toString("latin1") }).end(),
  ]);
  return serveSite({
    ...Object.fromEntries([...redirects, ...spelled]),
    "/refresh": `<meta http-equiv=refresh content="0;url=http://${target}/refreshed">`,
    "/script-location": `<script>location = "http://${target}/located"</script>`,
    "/": (_, response) =>
      html(response, waysOut(target, port), {
        link: `<http://${target}/linked>; rel=preload; as=script, <http://${target}>; rel=preconnect`,
        "content-security-policy-report-only": `img-src 'none'; report-uri http://${target}/report`,
        "report-to": `{"group":"g","max_age":100,"endpoints":[{"url":"http://${target}/reports"}]}`,
        nel: `{"report_to":"g","max_age":100,"success_fraction":1.0}`,
      }),
  });
}

describe("further ways out of a page", () => {
  const pool = new BrowserPool({ guard: new AddressGuard(), maxBrowsers: 1 });
  let session: BrowserSession | null = null;
  let datagrams: Socket;
  let heard = 0;
  const sites: LocalSite[] = [];

  beforeAll(async () => {
    datagrams = createSocket("udp4", () => (heard += 1));
  });
  afterEach(async () => {
    await session?.close();
    await Promise.all(sites.splice(0).map((site) => site.close()));
  });
  afterAll(async () => {
    datagrams.close();
    await pool.close();
  });

  const serve = async (inside: LocalSite): Promise<LocalSite> => {
    const hostile = await serveHostile(inside.host, inside.port);
    sites.push(inside, hostile);
    return hostile;
  };
  const visit = async (hostile: LocalSite, allowHosts: string[]): Promise<void> => {
    session = await pool.openSession({ allowHosts, blockResources: false });
    await session.goto(`${hostile.base}/`);
    await vi.waitFor(async () => expect((await session?.snapshot())?.html).toContain('id="done"'), WAIT);
  };

  it("all end at the guard", LIMIT, async () => {
    const inside = await serveSite({ "*": "<p>inside" });
    const hostile = await serve(inside);
    datagrams.bind(inside.port, "127.0.0.1");
    await once(datagrams, "listening");
    await visit(hostile, [hostile.host]);

    expect(hostile.asked).toEqual(expect.arrayContaining(["/redirect/308", "/spelled/14", "/refresh"]));
    expect([inside.asked, inside.connections(), heard]).toEqual([[], 0, 0]);
  });

  it("would lead there if the host were open", LIMIT, async () => {
    const inside = await serveSite({ "*": "<p>inside" });
    const hostile = await serve(inside);
    await visit(hostile, [hostile.host, inside.host]);

    const reached = ["/import.css", "/background.png", "/srcdoc.png", "/data", "/kept", "/shared", "/imported"];
    const redirected = [...REDIRECTS.map((status) => `/redirected-${status}`), "/refreshed", "/located", "/slashes"];
    const spelled = ["/backslashes", "/mixed", "/short", "/number", "/hex", "/octal", "/dots", "/wide", "/report"];
    const all = expect.arrayContaining([...reached, ...redirected, ...spelled]);
    await vi.waitFor(() => expect(inside.asked).toEqual(all), WAIT);
    const closed = ["/mapped", "/six", "/name", "/below", "/zero"];
    expect(inside.asked.filter((path) => closed.includes(path))).toEqual([]);
  });
});
