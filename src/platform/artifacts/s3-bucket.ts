import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import type { StoredArtifact } from "./artifact.ts";
import type { ByteStore } from "./byte-store.ts";
import { ArtifactStoreUnavailable, StorageFull } from "./errors.ts";
import { fromMetadata, toMetadata } from "./s3-metadata.ts";

const REQUEST_TIMEOUT_MS = 30_000;
const DAY_MS = 86_400_000;
/** Names this process wrote lately, so that a page that did not change costs no request. */
const REMEMBERED = 20_000;

export interface BucketOptions {
  bucket: string;
  /** Before every key, for example `gleaner/`. */
  prefix?: string;
  region?: string;
  /** Of a server that is not Amazon's. */
  endpoint?: string;
  /** Without credentials the SDK looks where it always does: environment, profile, instance. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

/** Checks that the bucket can be reached. Throws `ArtifactStoreUnavailable`. */
export async function openBucket(options: BucketOptions): Promise<S3Bucket> {
  const { region = "us-east-1", endpoint, credentials } = options;
  const client = new S3Client({
    region,
    maxAttempts: 4,
    requestHandler: { requestTimeout: REQUEST_TIMEOUT_MS, connectionTimeout: 5_000 },
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    ...(credentials ? { credentials } : {}),
  });
  const bucket = new S3Bucket(client, options);
  try {
    await client.send(new HeadBucketCommand({ Bucket: options.bucket }));
    return bucket;
  } catch (error) {
    await bucket.close();
    throw new ArtifactStoreUnavailable(bucket.where, error);
  }
}

/** Artifacts as objects, `ab/abcd…`, what is known of them in their metadata. */
export class S3Bucket implements ByteStore {
  readonly where: string;
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;
  readonly #written = new Map<string, number>();

  constructor(client: S3Client, { bucket, prefix = "" }: BucketOptions) {
    this.#client = client;
    this.#bucket = bucket;
    this.#prefix = prefix;
    this.where = `s3://${bucket}/${prefix}`;
  }

  knownSince(sha256: string, since: Date): Date | null {
    const storedAt = this.#written.get(sha256);
    return storedAt !== undefined && storedAt > since.getTime() ? new Date(storedAt) : null;
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.#head(sha256)) !== null;
  }

  async write(artifact: StoredArtifact, stored: Uint8Array): Promise<void> {
    if (!(await this.#putUnlessThere(artifact, stored))) await this.#renew(artifact, stored);
    if (this.#written.size >= REMEMBERED) this.#written.clear();
    this.#written.set(artifact.sha256, artifact.storedAt.getTime());
  }

  async read(sha256: string): Promise<{ artifact: StoredArtifact; stored: Uint8Array } | null> {
    return this.#orNull(async () => {
      const object = await this.#client.send(new GetObjectCommand(this.#at(sha256)));
      const stored = (await object.Body?.transformToByteArray()) ?? new Uint8Array();
      return { artifact: fromMetadata(sha256, { ...object, ContentLength: stored.length }), stored };
    });
  }

  async remove(sha256s: ReadonlySet<string>, storedBefore: Date): Promise<readonly string[]> {
    const removed: string[] = [];
    for (const sha256 of sha256s) {
      const artifact = await this.#head(sha256);
      if (artifact && artifact.storedAt > storedBefore) continue;
      if (artifact) await this.#orNull(() => this.#client.send(new DeleteObjectCommand(this.#at(sha256))));
      this.#written.delete(sha256);
      if (artifact) removed.push(sha256);
    }
    return removed;
  }

  async *list(): AsyncGenerator<StoredArtifact> {
    let next: string | undefined;
    do {
      const page = await this.#orNull(() =>
        this.#client.send(
          new ListObjectsV2Command({
            Bucket: this.#bucket,
            Prefix: this.#prefix,
            ...(next ? { ContinuationToken: next } : {}),
          }),
        ),
      );
      for (const { Key = "" } of page?.Contents ?? []) {
        const artifact = /^[0-9a-f]{64}$/.test(Key.slice(-64)) ? await this.#head(Key.slice(-64)) : null;
        if (artifact) yield artifact;
      }
      next = page?.NextContinuationToken;
    } while (next);
  }

  async close(): Promise<void> {
    this.#client.destroy();
  }

  /** False when the object is there already: the server decides, so writers that race write once. */
  async #putUnlessThere(artifact: StoredArtifact, stored: Uint8Array): Promise<boolean> {
    try {
      await this.#put(artifact, stored, { IfNoneMatch: "*" });
      return true;
    } catch (error) {
      if (isStatus(error, 412) || isStatus(error, 409)) return false;
      throw this.#translate(error);
    }
  }

  /** What was stored long ago is written again, so that retention, which looks at the age, leaves it. */
  async #renew(artifact: StoredArtifact, stored: Uint8Array): Promise<void> {
    const there = await this.#head(artifact.sha256);
    if (there && artifact.storedAt.getTime() - there.storedAt.getTime() < DAY_MS) return;
    await this.#put(artifact, stored, {}).catch((error: unknown) => {
      throw this.#translate(error);
    });
  }

  async #put(artifact: StoredArtifact, stored: Uint8Array, condition: { IfNoneMatch?: "*" }): Promise<void> {
    await this.#client.send(
      new PutObjectCommand({
        ...this.#at(artifact.sha256),
        ...condition,
        Body: stored,
        ContentType: artifact.mediaType,
        Metadata: toMetadata(artifact),
      }),
    );
  }

  #head(sha256: string): Promise<StoredArtifact | null> {
    return this.#orNull(async () =>
      fromMetadata(sha256, await this.#client.send(new HeadObjectCommand(this.#at(sha256)))),
    );
  }

  #at(sha256: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket, Key: `${this.#prefix}${sha256.slice(0, 2)}/${sha256}` };
  }

  async #orNull<Result>(ask: () => Promise<Result>): Promise<Result | null> {
    try {
      return await ask();
    } catch (error) {
      if (isStatus(error, 404)) return null;
      throw this.#translate(error);
    }
  }

  #translate(error: unknown): unknown {
    if (isStatus(error, 507)) return new StorageFull(this.where, error);
    return new ArtifactStoreUnavailable(this.where, error);
  }
}

function isStatus(error: unknown, status: number): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === status;
}
