import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { DOCUMENT_STATES, type DocumentHit, type DocumentShelf, type StoredDocument } from "#products/portals";
import { readPlace, writePlace } from "../../../place.ts";
import {
  ClientId,
  Cursor,
  Instant,
  Limit,
  pageOf,
  READ_REFUSALS,
  WRITE_REFUSALS,
  type ZodApp,
} from "../../../schemas.ts";

const DocumentView = z
  .object({
    id: z.string(),
    portalId: z.string(),
    url: z.string(),
    state: z
      .enum(DOCUMENT_STATES)
      .describe("pending: not fetched yet. no_text: pictures of pages, as scanners make them. failed: see reason."),
    reason: z.string().nullable().describe("Why it failed: not_found, encrypted, broken, too_large …"),
    kind: z.string().nullable().describe("What the bytes are, whatever the file is called: pdf, docx …"),
    artifact: z.string().nullable().describe("SHA-256 of the file; GET /api/v1/artifacts/{sha256} gives it."),
    size: z.int().nullable(),
    pages: z.int().nullable(),
    hasMacros: z.boolean().describe("Macros lie in it. None is ever run here."),
    isCut: z.boolean().describe("The file has more text than was read."),
    fetchedAt: Instant.nullable(),
    checkedAt: Instant.nullable().describe("When the portal was last asked for it."),
    nextAttemptAt: Instant.nullable(),
  })
  .meta({ id: "Document" });

const ListedView = z.object({
  name: z.string(),
  url: z.string(),
  type: z.string().nullable(),
  document: DocumentView.nullable().describe("Null while the portal's files are not fetched."),
});

const HitView = z
  .object({
    documentId: z.string(),
    portalId: z.string(),
    url: z.string(),
    opportunities: z.array(z.object({ id: z.string(), title: z.string(), name: z.string() })),
    quote: z.string().describe("A piece of the page, as it stands there."),
    highlights: z.array(z.tuple([z.int(), z.int()])).describe("From and to in `quote`, where the words stand."),
    evidence: z.object({
      artifact: z.string(),
      url: z.string(),
      page: z.int(),
      quote: z.string(),
      capturedAt: Instant.nullable(),
    }),
  })
  .meta({ id: "DocumentHit" });

const words = z.string().trim().min(1).max(300);
const tags = ["Documents"];
const Params = z.object({ documentId: z.uuid() });
const Place = z.tuple([z.int().min(0).max(10_000)]);

/** `/api/v1/documents`: the files that opportunities name, their text and a search through it. */
export function documentRoutes(shelf: DocumentShelf): FastifyPluginAsyncZod {
  return async (app) => {
    listOfOpportunity(app, shelf);
    searchDocuments(app, shelf);
    getDocument(app, shelf);
    getText(app, shelf);
    retryDocument(app, shelf);
  };
}

function listOfOpportunity(app: ZodApp, shelf: DocumentShelf): void {
  app.get(
    "/opportunities/:opportunityId/documents",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "listDocuments",
        summary: "The files that an opportunity names, and what is known of each",
        tags,
        params: z.object({ opportunityId: z.uuid() }),
        response: { 200: z.object({ items: z.array(ListedView) }), ...READ_REFUSALS },
      },
    },
    async ({ params }) => {
      const listed = await shelf.ofOpportunity(params.opportunityId);
      return { items: listed.map(({ document, ...named }) => ({ ...named, document: document && view(document) })) };
    },
  );
}

function searchDocuments(app: ZodApp, shelf: DocumentShelf): void {
  app.get(
    "/documents/search",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "searchDocuments",
        summary: "Pages of documents that hold some words, best first",
        description: 'Words as for a search engine: all of them, "a phrase", -not, or. Case does not matter.',
        tags,
        querystring: z.object({
          q: words,
          portalId: ClientId.optional(),
          opportunityId: z.uuid().optional(),
          limit: Limit,
          cursor: Cursor,
        }),
        response: { 200: pageOf(HitView), ...READ_REFUSALS },
      },
    },
    async ({ query: { limit, cursor, ...search } }) => {
      const [offset] = cursor === undefined ? [0] : readPlace(cursor, Place);
      const hits = await shelf.search(search, { limit, offset });
      return { items: hits.map(hitView), nextCursor: hits.length < limit ? null : writePlace([offset + limit]) };
    },
  );
}

function getDocument(app: ZodApp, shelf: DocumentShelf): void {
  app.get(
    "/documents/:documentId",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "getDocument",
        summary: "What is known of one document",
        tags,
        params: Params,
        response: { 200: DocumentView, ...READ_REFUSALS },
      },
    },
    async ({ params }) => view(await shelf.get(params.documentId)),
  );
}

function getText(app: ZodApp, shelf: DocumentShelf): void {
  app.get(
    "/documents/:documentId/text",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "getDocumentText",
        summary: "The text of a document, page by page",
        tags,
        params: Params,
        querystring: z.object({
          from: z.coerce.number().int().min(1).default(1).describe("First page wanted."),
          limit: z.coerce.number().int().min(1).max(100).default(20).describe("Pages at once."),
        }),
        response: {
          200: z.object({
            document: DocumentView,
            pages: z.array(z.object({ page: z.int(), text: z.string() })),
            nextPage: z.int().nullable().describe("`from` of the next request; null at the end."),
          }),
          ...READ_REFUSALS,
        },
      },
    },
    async ({ params, query }) => {
      const { document, pages } = await shelf.text(params.documentId, query);
      const last = pages.at(-1)?.page;
      return { document: view(document), pages, nextPage: last && pages.length === query.limit ? last + 1 : null };
    },
  );
}

function retryDocument(app: ZodApp, shelf: DocumentShelf): void {
  app.post(
    "/documents/:documentId/retry",
    {
      config: { access: "operator", hasNoBody: true },
      schema: {
        operationId: "retryDocument",
        summary: "Fetch and read a document anew",
        tags,
        params: Params,
        response: { 202: DocumentView, ...WRITE_REFUSALS },
      },
    },
    async ({ params }, reply) => reply.status(202).send(view(await shelf.retry(params.documentId))),
  );
}

function view(document: StoredDocument): z.output<typeof DocumentView> {
  const { id, portalId, url, state, reason, kind, artifact, size, pages, hasMacros, isCut } = document;
  const { fetchedAt, checkedAt, nextAttemptAt } = document;
  return {
    ...{ id, portalId, url, state, reason, kind, artifact, size, pages, hasMacros, isCut },
    fetchedAt: fetchedAt?.toISOString() ?? null,
    checkedAt: checkedAt?.toISOString() ?? null,
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
  };
}

function hitView({ artifact, page, fetchedAt, ...hit }: DocumentHit): z.output<typeof HitView> {
  const { url, quote } = hit;
  return { ...hit, evidence: { artifact, url, page, quote, capturedAt: fetchedAt?.toISOString() ?? null } };
}
