import { sql, type SqlBool } from "kysely";
import type { Database } from "#platform/storage";

export interface ForgetCallsOptions {
  readonly before: Date;
  /** Only count. */
  readonly dryRun: boolean;
  /** Of these jobs, those that are kept: what they took is kept with them. */
  readonly keptJobs: (jobs: readonly string[]) => Promise<ReadonlySet<string>>;
}

/** Removes lines of the ledger that are older, but for those of jobs that are still there. Returns how many. */
export async function forgetModelCalls(
  db: Database,
  { before, dryRun, keptJobs }: ForgetCallsOptions,
): Promise<number> {
  const old = await db.selectFrom("llm_call").select("job_id").distinct().where("at", "<", before).execute();
  const kept = [...(await keptJobs(old.flatMap(({ job_id }) => job_id ?? [])))];
  // Questions on no job's account go too.
  const goes = sql<SqlBool>`at < ${before} and (job_id is null or not job_id = any(${kept}::text[]))`;
  if (dryRun) {
    const counted = db.selectFrom("llm_call").select((eb) => eb.fn.countAll<string>().as("count"));
    return Number((await counted.where(goes).executeTakeFirstOrThrow()).count);
  }
  const { numDeletedRows } = await db.deleteFrom("llm_call").where(goes).executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
