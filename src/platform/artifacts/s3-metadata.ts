import { z } from "zod";
import type { StoredArtifact } from "./artifact.ts";
import { ArtifactAltered } from "./errors.ts";

const metadata = z.object({
  size: z.coerce.number().int().nonnegative(),
  kind: z.enum(["page", "screenshot", "document", "har", "export"]),
  encoding: z.enum(["zstd", "identity"]),
  stored: z.coerce.number().int(),
  source: z.string().optional(),
});

interface ObjectHead {
  ContentType?: string | undefined;
  ContentLength?: number | undefined;
  Metadata?: Record<string, string> | undefined;
}

/** Headers carry ASCII only and 2 kB in all, so an address is escaped, and left out when it is too long. */
export function toMetadata({ size, kind, encoding, storedAt, sourceUrl }: StoredArtifact): Record<string, string> {
  const source = sourceUrl === null ? "" : encodeURIComponent(sourceUrl);
  return {
    size: String(size),
    kind,
    encoding,
    stored: String(storedAt.getTime()),
    ...(source !== "" && source.length < 1_500 ? { source } : {}),
  };
}

/** Throws `ArtifactAltered` when an object does not say what it is. */
export function fromMetadata(sha256: string, { ContentType, ContentLength, Metadata }: ObjectHead): StoredArtifact {
  const parsed = metadata.safeParse(Metadata);
  if (!parsed.success) throw new ArtifactAltered(sha256, parsed.error);
  const { size, kind, encoding, stored, source } = parsed.data;
  return {
    sha256,
    size,
    kind,
    encoding,
    mediaType: ContentType ?? "application/octet-stream",
    storedSize: ContentLength ?? 0,
    storedAt: new Date(stored),
    sourceUrl: source === undefined ? null : decodeURIComponent(source),
  };
}
