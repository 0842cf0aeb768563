import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { DashboardNotBuilt, RouteNotFound } from "./errors.ts";

/**
 * Scripts, requests and frames come from here and nowhere else. Styles may stand in the page, because the components write
 * theirs at run time; nothing that a portal says ever becomes markup.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");
const YEAR_MS = 31_536_000_000;
const open = { schema: { hide: true }, config: { access: "public", rateLimit: false } } as const;
const Asset = z.object({ "*": z.string() });

/**
 * Serves the dashboard: its page at `/`, its files below `/assets`, and its page again for every address that a person may
 * have bookmarked. What belongs to the API, by its first part, is never answered with the page. Register it before the routes.
 */
export async function registerDashboard(app: FastifyInstance, folder: string | undefined): Promise<void> {
  const page = folder === undefined ? null : await readFile(join(folder, "index.html")).catch(() => null);
  const taken = new Set<string>();
  app.addHook("onRoute", ({ url }) => void taken.add(firstPart(url)));
  app.setNotFoundHandler(async (request, reply) => {
    if (page && wantsPage(request) && !taken.has(firstPart(request.url))) return sendPage(reply, page);
    throw new RouteNotFound();
  });
  app.get("/", open, async (_request, reply) => {
    if (page) return sendPage(reply, page);
    throw new DashboardNotBuilt();
  });
  if (!page || folder === undefined) return;
  const kept = { immutable: true, maxAge: YEAR_MS, index: false, dotfiles: "deny" } as const;
  await app.register(fastifyStatic, { root: folder, serve: false, preCompressed: true, ...kept });
  app.get("/assets/*", open, async ({ params }, reply) => reply.sendFile(`assets/${Asset.parse(params)["*"]}`));
  app.get("/favicon.svg", open, async (_request, reply) =>
    reply.sendFile("favicon.svg", { immutable: false, maxAge: 0 }),
  );
}

/** People's browsers ask for a page; programs ask for data and are told that there is none. */
function wantsPage({ method, headers }: FastifyRequest): boolean {
  return (method === "GET" || method === "HEAD") && (headers.accept ?? "").includes("text/html");
}

function firstPart(url: string): string {
  return /^\/*([^/?#]*)/.exec(url)?.[1]?.toLowerCase() ?? "";
}

function sendPage(reply: FastifyReply, page: Buffer): FastifyReply {
  return reply
    .type("text/html; charset=utf-8")
    .header("content-security-policy", POLICY)
    .header("cache-control", "no-cache")
    .send(page);
}
