import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { escapeUTF8 } from "entities";
import { z } from "zod";
import type { SubscriptionDesk } from "#products/portals";
import { READ_REFUSALS, textAs, WRITE_REFUSALS, type ZodApp } from "../schemas.ts";

const Params = z.object({ token: z.string().min(1).max(200) });
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";
const tags = ["Subscriptions"];
const PAGE = textAs("text/html", "A page for people");
type Desk = Pick<SubscriptionDesk, "byLink" | "unsubscribe">;

/** `/unsubscribe/TOKEN`: where the link of a mail leads. Looking changes nothing, because mail scanners look too. */
export function unsubscribeRoutes(desk: Desk): FastifyPluginAsyncZod {
  return async (app) => {
    // A mail program that unsubscribes with one click sends a form (RFC 8058); the address says all.
    app.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: 1_000 },
      (_request, _body, done) => done(null, undefined),
    );
    ask(app, desk);
    end(app, desk);
  };
}

function ask(app: ZodApp, desk: Desk): void {
  app.get(
    "/:token",
    {
      config: { access: "public" },
      schema: {
        operationId: "showUnsubscribe",
        summary: "A page with the button that ends the messages of a subscription",
        tags,
        params: Params,
        response: { 200: PAGE, ...READ_REFUSALS },
      },
    },
    async ({ params }, reply) => {
      const { name, paused } = await desk.byLink(params.token);
      const body = paused
        ? `<p>No messages of “${escapeUTF8(name)}” are sent.</p>`
        : `<p>Stop the messages of “${escapeUTF8(name)}”?</p><form method="post"><button>Stop these messages</button></form>`;
      return reply.type("text/html; charset=utf-8").header("content-security-policy", POLICY).send(page(body));
    },
  );
}

function end(app: ZodApp, desk: Desk): void {
  app.post(
    "/:token",
    {
      config: { access: "public", hasNoBody: true },
      schema: {
        operationId: "unsubscribe",
        summary: "Ends the messages of a subscription, as its link says",
        tags,
        params: Params,
        response: { 200: PAGE, ...WRITE_REFUSALS },
      },
    },
    async ({ params }, reply) => {
      const { name } = await desk.unsubscribe(params.token);
      const body = `<p>Done: no more messages of “${escapeUTF8(name)}” are sent.</p>`;
      return reply.type("text/html; charset=utf-8").header("content-security-policy", POLICY).send(page(body));
    },
  );
}

function page(body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Messages</title><style>body{font-family:sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem}</style>
<main><h1>Messages</h1>${body}</main></html>`;
}
