import { createHash } from "node:crypto";
import Fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import { calendarPage, detailPage, homePage, listPage, missingPage, PAGE_SIZE } from "./pages.ts";
import { smallPdf } from "./small-pdf.ts";
import { portMerrowTenders, type Tender } from "./tender.ts";

export interface DemoSite {
  /** Origin, without a slash at the end. */
  url: string;
  /** `host:port`, as an address guard wants it named. */
  host: string;
  /** First list page. */
  listUrl: string;
  tenders: readonly Tender[];
  close(): Promise<void>;
}

const HTML = "text/html; charset=utf-8";

/** Serves the town of Port Merrow on loopback: three list pages, details, documents and one trap. Port 0 takes a free one. */
export async function startDemoSite({ port = 0 }: { port?: number } = {}): Promise<DemoSite> {
  const tenders = portMerrowTenders();
  const site = buildDemoSite(tenders);
  const url = await site.listen({ host: "127.0.0.1", port });
  return { url, host: new URL(url).host, listUrl: `${url}/tenders`, tenders, close: () => site.close() };
}

function buildDemoSite(tenders: readonly Tender[]): FastifyInstance {
  const site = Fastify({ logger: false, forceCloseConnections: true });
  answerWithETags(site);
  site.get("/", (_request, reply) => reply.type(HTML).send(homePage()));
  site.get("/robots.txt", (_request, reply) => reply.type("text/plain").send("User-agent: *\nDisallow: /calendar\n"));
  site.get<{ Querystring: { page?: string } }>("/tenders", (request, reply) => {
    const page = Number(request.query.page ?? "1");
    const exists = Number.isInteger(page) && page >= 1 && (page - 1) * PAGE_SIZE < tenders.length;
    return exists ? reply.type(HTML).send(listPage(tenders, page)) : missing(reply);
  });
  site.get<{ Params: { reference: string } }>("/tenders/:reference", (request, reply) => {
    const tender = tenders.find(({ reference }) => reference === request.params.reference);
    return tender ? reply.type(HTML).send(detailPage(tender)) : missing(reply);
  });
  site.get<{ Params: { file: string } }>("/documents/:file", (request, reply) => {
    const { file } = request.params;
    const tender = tenders.find(({ documents }) => documents.some((document) => document.file === file));
    if (!tender) return missing(reply);
    const lines = [
      tender.title,
      `Reference ${tender.reference}`,
      tender.summary,
      `Offers until ${tender.closes}, 12:00 UTC.`,
    ];
    return file.endsWith(".pdf")
      ? reply.type("application/pdf").send(smallPdf(lines))
      : reply.type("text/plain; charset=utf-8").send(`${lines.join("\n")}\n`);
  });
  site.get<{ Params: { month: string } }>("/calendar/:month", (request, reply) => {
    const { month } = request.params;
    return /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? reply.type(HTML).send(calendarPage(month)) : missing(reply);
  });
  site.setNotFoundHandler((_request, reply) => missing(reply));
  return site;
}

function missing(reply: FastifyReply): FastifyReply {
  return reply.status(404).type(HTML).send(missingPage());
}

/** Whoever has a page already is told so in one line. */
function answerWithETags(site: FastifyInstance): void {
  site.addHook("onSend", async (request, reply, payload) => {
    if (reply.statusCode !== 200 || (typeof payload !== "string" && !Buffer.isBuffer(payload))) return payload;
    const etag = `"${createHash("sha256").update(payload).digest("hex").slice(0, 32)}"`;
    reply.header("etag", etag);
    if (request.headers["if-none-match"] !== etag) return payload;
    reply.status(304).removeHeader("content-length");
    return "";
  });
}
