import { sql, type Kysely } from "kysely";

/** A person may hold a job: at once in the queue, at its next checkpoint while a worker has it. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    alter table scrape_job
      drop constraint scrape_job_status_check,
      add constraint scrape_job_status_check check (status in
        ('queued', 'running', 'paused', 'needs_person', 'completed', 'incomplete', 'failed', 'cancelled')),
      add column pause_requested_at timestamptz,
      add constraint only_a_running_job_is_asked_to_pause
        check (pause_requested_at is null or status = 'running')`.execute(db);
}
