import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Artifacts } from "#platform/artifacts";
import type { EvidenceViewer } from "#engines/harvest";
import { ArtifactNotFound, ArtifactNotAPage } from "../../../errors.ts";
import { READ_REFUSALS, streamAs } from "../../../schemas.ts";
import { SHOWN_PAGE } from "../../../shown-page.ts";

/** What a foreign page may do when a browser shows it from here: nothing. */
const LOCKED = "sandbox; default-src 'none'; frame-ancestors 'none'";
const YEAR_S = 31_536_000;

const View = z.object({
  view: z
    .enum(["html", "text"])
    .optional()
    .describe("html: the page as HTML that does nothing. text: its source. Left out: the bytes, to be saved."),
  path: z
    .string()
    .min(1)
    .max(8_000)
    .optional()
    .describe("With html: the node to outline, such as /html[1]/body[1]/p[2]."),
});

interface Deps {
  artifacts: Pick<Artifacts, "get">;
  viewer: Pick<EvidenceViewer, "page">;
}

/** `/api/v1/artifacts/:sha256`: stored bytes as they were. */
export function artifactRoutes({ artifacts, viewer }: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/:sha256",
      {
        config: { access: "viewer" },
        schema: {
          operationId: "getArtifact",
          summary: "Stored bytes by their SHA-256, checked against it",
          description:
            "Sent with its original media type, to be saved: no browser runs or shows it as a page of this server. " +
            "With `view` it is shown: a page without scripts, frames, forms or addresses, or its source as text.",
          tags: ["Evidence"],
          params: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/, "64 lower-case hex digits") }),
          querystring: View,
          response: {
            200: streamAs("application/octet-stream", "The bytes"),
            ...READ_REFUSALS,
          },
        },
      },
      async ({ params: { sha256 }, query: { view, path = null } }, reply) => {
        const found = await artifacts.get(sha256);
        if (!found) throw new ArtifactNotFound(sha256);
        const { bytes, ref } = found;
        if (view === "html") {
          if (!/html|^$/i.test(ref.mediaType)) throw new ArtifactNotAPage(ref.mediaType);
          return reply.headers(SHOWN_PAGE).send(await viewer.page(sha256, { path }));
        }
        const isShown = view === "text" && isText(ref.mediaType);
        return reply
          .type(isShown ? textOf(ref.mediaType) : safeMediaType(ref.mediaType))
          .header("content-disposition", `${isShown ? "inline" : "attachment"}; filename="${sha256}"`)
          .header("content-security-policy", LOCKED)
          .header("cache-control", `private, max-age=${YEAR_S}, immutable`)
          .header("etag", `"${sha256}"`)
          .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      },
    );
  };
}

function isText(mediaType: string): boolean {
  return /^(text\/|application\/(json|xml|xhtml\+xml|ld\+json))/i.test(mediaType) || mediaType === "";
}

/** As plain text, in the encoding that it came in. */
function textOf(mediaType: string): string {
  const charset = /charset="?([\w.:-]{1,40})/i.exec(mediaType)?.[1] ?? "utf-8";
  return `text/plain; charset=${charset}`;
}

/** The media type came with the page, from anywhere. */
function safeMediaType(mediaType: string): string {
  return /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}(; ?charset=[\w.:-]{1,40})?$/.test(mediaType)
    ? mediaType
    : "application/octet-stream";
}
