import type { Command } from "commander";
import { cleanUpStore, copyStore, migrateStore } from "#app";
import { postgresUrl, wholeNumber } from "../arguments.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";

export function addDb(program: Command, { terminal, finish }: CommandContext): void {
  const db = program.command("db").description("Look after the database.");
  db.command("migrate")
    .description("Bring the configured database up to this version.")
    .option("--json", "one JSON object on standard output")
    .addHelpText(
      "after",
      "\nExamples:\n  $ gleaner db migrate\n  $ DATABASE_URL=postgresql://gleaner:secret@db/gleaner gleaner db migrate",
    )
    .action(async ({ json }: { json?: true }) => {
      const report = await migrateStore();
      await (json ? terminal.printJson(report) : terminal.print(`The ${report.kind} database is up to date.`));
      finish(EXIT.ok);
    });
  db.command("copy")
    .description("Copy everything from one database into an empty other one.")
    .requiredOption("--to <url>", "PostgreSQL to copy into; empty, it is migrated first", postgresUrl)
    .option("--from <url|folder>", "what to copy from (default: the configured database)")
    .option("--json", "one JSON object on standard output")
    .addHelpText("after", "\nExamples:\n  $ gleaner db copy --to postgresql://gleaner:secret@db:5432/gleaner")
    .action(async ({ to, from, json }: { to: string; from?: string; json?: true }) => {
      const tables: { table: string; rows: number }[] = [];
      await copyStore({
        to,
        from: from ?? null,
        onTable: (table, rows) => {
          tables.push({ table, rows });
          if (!json) terminal.tell(`${table}: ${rows} rows`);
        },
      });
      const rows = tables.reduce((sum, table) => sum + table.rows, 0);
      await (json ? terminal.printJson({ tables, rows }) : terminal.print(`${rows} rows copied.`));
      finish(EXIT.ok);
    });
  addClean(db, { terminal, finish });
}

function addClean(db: Command, { terminal, finish }: Pick<CommandContext, "terminal" | "finish">): void {
  db.command("clean")
    .description("Remove what is old, as the weekly clean-up does; opportunities and their evidence stay.")
    .option("--days <n>", "what is older (default: RETENTION_DAYS)", wholeNumber(1))
    .option("--dry-run", "only count")
    .option("--json", "one JSON object on standard output")
    .addHelpText("after", "\nExamples:\n  $ gleaner db clean --dry-run\n  $ gleaner db clean --days 90")
    .action(async ({ days, dryRun, json }: { days?: number; dryRun?: true; json?: true }) => {
      const report = await cleanUpStore({ days, dryRun: dryRun ?? false });
      const { jobs, runs, callbacks, artifacts, pictures, modelCalls, artifactsKept } = report;
      const what =
        `${jobs} jobs, ${runs} runs, ${callbacks} callbacks, ${artifacts} stored pages, ${pictures} copies of pictures ` +
        `and ${modelCalls} questions to models`;
      await (json
        ? terminal.printJson(report)
        : terminal.print(
            `${what} older than ${report.days} days ${report.dryRun ? "would be" : "were"} removed; ` +
              `${artifactsKept} old stored pages are still needed.`,
          ));
      finish(EXIT.ok);
    });
}
