import type { Command } from "commander";
import { Presets, SingleBar } from "cli-progress";
import { runDemo, type DemoOutcome, type DemoProgress, type RunningDemo } from "#app";
import { wholeNumber } from "../arguments.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { ended } from "../ended.ts";
import { formatTable, type Terminal } from "../terminal.ts";

interface DemoFlags {
  port?: number;
  once?: true;
}

export function addDemo(program: Command, context: CommandContext): void {
  program
    .command("demo")
    .description("Learn and harvest the demo town, show what came home, and keep serving.")
    .option("--port <n>", "port to listen on; 0 takes any free one", wholeNumber(0))
    .option("--once", "end instead of serving on")
    .addHelpText("after", "\nExamples:\n  $ gleaner demo\n  $ gleaner demo --port 8001\n  $ gleaner demo --once")
    .action(async (flags: DemoFlags) => context.finish(await demo(flags, context)));
}

async function demo({ port, once }: DemoFlags, { terminal, signal }: CommandContext): Promise<ExitCode> {
  const running = await runDemo({ port: port ?? null });
  try {
    await welcome(terminal, running);
    const view = watch(terminal);
    const outcome = await running.run({ signal, onProgress: view.show }).finally(view.close);
    await show(terminal, outcome);
    if (once) return outcome.verified.ok ? EXIT.ok : EXIT.notVerified;
    await terminal.print(`\nServing at ${running.server.url}: docs at /docs, metrics at /metrics. Ctrl-C stops.`);
    await ended(signal);
    terminal.tell("Stopping …");
    return EXIT.ok;
  } catch (error) {
    if (!signal.aborted) throw error;
    return EXIT.interrupted;
  } finally {
    await running.close();
  }
}

async function welcome(terminal: Terminal, { server, listUrl }: RunningDemo): Promise<void> {
  await terminal.print(`Gleaner serves at ${server.url} (API docs at ${server.url}/docs)`);
  for (const notice of server.notices) terminal.tell(notice);
  await terminal.print(`Learning the demo portal at ${listUrl}`);
}

async function show(terminal: Terminal, { opportunities, completeness, verified, runId }: DemoOutcome): Promise<void> {
  const rows = opportunities.map(({ opportunity: { referenceNumber, title, department, closingDate, status } }) => [
    referenceNumber ?? "",
    title,
    department ?? "",
    closingDate ?? "",
    status ?? "",
  ]);
  await terminal.print();
  await terminal.print(formatTable(["reference", "title", "department", "closes", "status"], rows, terminal.width));
  await terminal.print(`\n${opportunities.length} opportunities: ${completeness.state} (${completeness.reason})`);
  await terminal.print(
    `${verified.checked} values found again in the stored pages, ${verified.failures} not (run ${runId})`,
  );
  for (const line of evidenceOf(opportunities, verified.ok)) await terminal.print(line);
}

/** One value and where it stands, so that a person sees what is meant by evidence. */
function evidenceOf([first]: DemoOutcome["opportunities"], verified: boolean): string[] {
  const [field, places] = Object.entries(first?.evidence ?? {}).find(([name]) => name === "closingDate") ?? [];
  const [place] = places ?? Object.values(first?.evidence ?? {})[0] ?? [];
  if (!first || !place) return [];
  return [
    `\nEvidence of one value: ${field ?? "title"} of "${first.opportunity.title}"`,
    `  quote     ${place.quote}`,
    `  page      ${place.url}`,
    `  artifact  sha256 ${place.artifact ?? "(not stored)"}`,
    `  path      ${place.path}${place.attribute ? ` @${place.attribute}` : ""}`,
    `  verified  ${verified && first.verification === "verified" ? "yes" : "no"}`,
  ];
}

function watch(terminal: Terminal): { show: (progress: DemoProgress) => void; close: () => void } {
  if (!terminal.interactive) return plainLines(terminal);
  const options = {
    stream: terminal.stderr,
    format: "{bar} {value}/{total} {action}",
    hideCursor: true,
    clearOnComplete: true,
  };
  const bar = new SingleBar(options, Presets.shades_classic);
  bar.start(1, 0, { action: "waiting" });
  return {
    show: ({ action, found, declared }) => {
      bar.setTotal(Math.max(declared ?? found, found, 1));
      bar.update(found, { action: action ?? "" });
    },
    close: () => bar.stop(),
  };
}

function plainLines(terminal: Terminal) {
  let last = "";
  return {
    show: ({ action, page, pages, found, declared }: DemoProgress) => {
      const line = `page ${page}${pages === null ? "" : ` of ${pages}`}: ${found}${declared === null ? "" : ` of ${declared}`} opportunities${action ? `, ${action}` : ""}`;
      if (line !== last) terminal.tell(line);
      last = line;
    },
    close: () => undefined,
  };
}
