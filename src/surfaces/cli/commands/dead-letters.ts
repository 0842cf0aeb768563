import type { Command } from "commander";
import { openDeadLetters, type ListedLetter } from "#app";
import { wholeNumber } from "../arguments.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { formatTable } from "../terminal.ts";

const EXAMPLE_ID = "0198c2f0-6a1d-7cc0-8f0e-2f1a53a1b0de";

/** `gleaner dead-letters`: callbacks and e-mails that could not be delivered, however often it was tried. */
export function addDeadLetters(program: Command, context: CommandContext): void {
  const letters = program
    .command("dead-letters")
    .description("Look at callbacks and e-mails that could not be delivered; send them again or drop them.");
  addList(letters, context);
  addChange(letters, context, {
    verb: "retry",
    description: "Send one again, with all its attempts anew.",
    said: "is sent again as soon as a server runs",
  });
  addChange(letters, context, { verb: "drop", description: "Forget one for good.", said: "is dropped" });
}

function addList(letters: Command, { terminal, finish }: CommandContext): void {
  letters
    .command("list")
    .description("Show them, the newest first.")
    .option("--limit <n>", "at most so many", wholeNumber(1), 50)
    .option("--json", "one JSON object on standard output")
    .addHelpText(
      "after",
      `
Examples:
  $ gleaner dead-letters list
  $ gleaner dead-letters list --json --limit 200`,
    )
    .action(async ({ limit, json }: { limit: number; json?: true }) => {
      await using desk = await openDeadLetters();
      const found = await desk.list(limit);
      if (json) await terminal.printJson({ deadLetters: found });
      else if (found.length === 0) await terminal.print("Everything was delivered, or is still being tried.");
      else await terminal.print(formatTable(["id", "to", "about", "tries", "why"], found.map(row), terminal.width));
      finish(EXIT.ok);
    });
}

interface Change {
  readonly verb: "retry" | "drop";
  readonly description: string;
  readonly said: string;
}

function addChange(letters: Command, { terminal, finish }: CommandContext, { verb, description, said }: Change): void {
  letters
    .command(verb)
    .argument("<id...>", "ids, as `dead-letters list` shows them")
    .description(description)
    .option("--json", "one JSON object on standard output")
    .addHelpText(
      "after",
      `
Examples:
  $ gleaner dead-letters ${verb} ${EXAMPLE_ID}
  $ gleaner dead-letters list --json | jq -r '.deadLetters[].id' | xargs gleaner dead-letters ${verb}

Ends with 2 at the first that is no dead letter; those before it are done.`,
    )
    .action(async (ids: string[], { json }: { json?: true }) => {
      await using desk = await openDeadLetters();
      for (const id of ids) {
        await desk[verb](id);
        if (!json) await terminal.print(`${id} ${said}.`);
      }
      if (json) await terminal.printJson(verb === "retry" ? { retried: ids } : { dropped: ids });
      finish(EXIT.ok);
    });
}

function row({ id, url, about, attempts, lastError, lastStatus }: ListedLetter): string[] {
  const why = lastError ?? (lastStatus === null ? "" : `status ${lastStatus}`);
  return [id, url, about, String(attempts), why];
}
