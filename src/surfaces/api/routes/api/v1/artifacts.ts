import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Artifacts } from "#platform/artifacts";
import { ArtifactNotFound } from "../../../errors.ts";
import { READ_REFUSALS, streamAs } from "../../../schemas.ts";

/** What a foreign page may do when a browser shows it from here: nothing. */
const LOCKED = "sandbox; default-src 'none'; frame-ancestors 'none'";
const YEAR_S = 31_536_000;

/** `/api/v1/artifacts/:sha256`: stored bytes as they were. */
export function artifactRoutes(artifacts: Pick<Artifacts, "get">): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/:sha256",
      {
        config: { access: "viewer" },
        schema: {
          operationId: "getArtifact",
          summary: "Stored bytes by their SHA-256, checked against it",
          description:
            "Sent with its original media type, to be saved: no browser runs or shows it as a page of this server.",
          tags: ["Evidence"],
          params: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/, "64 lower-case hex digits") }),
          response: {
            200: streamAs("application/octet-stream", "The bytes"),
            ...READ_REFUSALS,
          },
        },
      },
      async ({ params: { sha256 } }, reply) => {
        const found = await artifacts.get(sha256);
        if (!found) throw new ArtifactNotFound(sha256);
        const { bytes, ref } = found;
        return reply
          .type(safeMediaType(ref.mediaType))
          .header("content-disposition", `attachment; filename="${sha256}"`)
          .header("content-security-policy", LOCKED)
          .header("cache-control", `private, max-age=${YEAR_S}, immutable`)
          .header("etag", `"${sha256}"`)
          .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      },
    );
  };
}

/** The media type came with the page, from anywhere. */
function safeMediaType(mediaType: string): string {
  return /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}(; ?charset=[\w.:-]{1,40})?$/.test(mediaType)
    ? mediaType
    : "application/octet-stream";
}
