import type { Command } from "commander";
import { startServer } from "#app";
import { commaList, wholeNumber } from "../arguments.ts";
import type { CommandContext } from "../command-context.ts";
import { ended } from "../ended.ts";
import { EXIT } from "../exit-code.ts";

interface ServeFlags {
  roles?: string[];
  host?: string;
  port?: number;
  json?: true;
}

export function addServe(program: Command, { terminal, signal, finish }: CommandContext): void {
  program
    .command("serve")
    .description("Start the server: API, schedule and workers in one process, or some of them.")
    .option("--roles <roles>", "api, scheduler, worker, comma-separated (default: all)", commaList)
    .option("--host <address>", "address to listen on")
    .option("--port <n>", "port to listen on; 0 takes any free one", wholeNumber(0))
    .option("--json", "one JSON object on standard output when it listens")
    .addHelpText(
      "after",
      "\nExamples:\n  $ gleaner serve\n  $ gleaner serve --roles api,scheduler --host 0.0.0.0 --port 8080",
    )
    .action(async ({ roles, host, port, json }: ServeFlags) => {
      const server = await startServer({ roles: roles ?? null, host: host ?? null, port: port ?? null });
      for (const notice of server.notices) terminal.tell(notice);
      await (json
        ? terminal.printJson({ url: server.url, roles: server.roles })
        : terminal.print(
            server.url === null
              ? `Working as ${server.roles.join(", ")}.`
              : `Gleaner serves at ${server.url} (docs at ${server.url}/docs)`,
          ));
      await ended(signal);
      terminal.tell("Stopping …");
      await server.close();
      finish(EXIT.ok);
    });
}
