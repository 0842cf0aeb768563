import { z } from "zod";
import type { Logger } from "#kernel";
import { isUnopenable, type SecretSeal } from "#platform/storage";
import type { WalkStep } from "../walk/walk-step.ts";
import type { Checkpoint, StoredCheckpoint } from "./run.ts";

/** Of a checkpoint, what may let somebody in: cookies, and what a form of the page is sent with (view state, tokens). */
const SecretsSchema = z.object({
  cookies: z.string().nullable(),
  fields: z.array(z.tuple([z.string(), z.string()])).nullable(),
});

const LOST =
  "What the next page is asked with was sealed with a key that is not here, or was changed: harvest it anew.";

/** Seals what is secret of a run's checkpoint: whoever reads the database gets no session. */
export class CheckpointSafe {
  readonly #seal: Pick<SecretSeal, "seal" | "open">;
  readonly #logger: Logger;
  readonly #run: string;

  constructor({ seal, logger, run }: { seal: Pick<SecretSeal, "seal" | "open">; logger: Logger; run: string }) {
    this.#seal = seal;
    this.#logger = logger;
    this.#run = run;
  }

  put({ cookies, next, ...open }: Checkpoint): StoredCheckpoint {
    const fields = next?.kind === "form" ? next.fields : null;
    const isPlain = cookies === null && fields === null;
    const secrets = isPlain ? null : this.#seal.seal(JSON.stringify({ cookies, fields }), checkpointPlace(this.#run));
    return { ...open, next: withFields(next, []), secrets };
  }

  /**
   * Where the secrets do not open any more, the run goes on as a new visitor; `problem` says where it cannot go on at all,
   * because its next page is asked for with a form.
   */
  take({ secrets = null, ...open }: StoredCheckpoint): { checkpoint: Checkpoint; problem: string | null } {
    // A version that sealed no fields left them where they belong, and its cookies behind.
    if (secrets === null) return { checkpoint: { ...open, cookies: null }, problem: null };
    const opened = this.#open(secrets);
    const { next } = open;
    const fields = opened?.fields ?? null;
    if (next?.kind !== "form" || fields !== null)
      return {
        checkpoint: { ...open, next: withFields(next, fields ?? []), cookies: opened?.cookies ?? null },
        problem: null,
      };
    return { checkpoint: { ...open, next: null, stopped: "unreachable", cookies: null }, problem: LOST };
  }

  #open(secrets: string): z.infer<typeof SecretsSchema> | null {
    try {
      return SecretsSchema.parse(JSON.parse(this.#seal.open(secrets, checkpointPlace(this.#run))));
    } catch (err) {
      if (!isUnopenable(err)) throw err;
      this.#logger.warn("harvest.checkpoint_lost", { run: this.#run, code: err.code });
      return null;
    }
  }
}

function withFields(step: WalkStep | null, fields: [string, string][]): WalkStep | null {
  return step?.kind === "form" ? { ...step, fields } : step;
}

/** What the seal binds the secrets of a run's checkpoint to. */
export function checkpointPlace(run: string): string {
  return `harvest_run:${run}:checkpoint`;
}
