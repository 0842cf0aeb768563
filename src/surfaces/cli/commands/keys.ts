import { Option, type Command } from "commander";
import { KEY_ROLES, openKeys, rotateSeal, type KeyRole, type RotationReport } from "#app";
import { wholeNumber } from "../arguments.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { formatTable } from "../terminal.ts";

interface CreateFlags {
  name: string;
  role: KeyRole;
  days?: number;
  json?: true;
}

export function addKeys(program: Command, { terminal, finish }: CommandContext): void {
  const keys = program.command("keys").description("Make, list and revoke API keys.");
  keys
    .command("create")
    .description("Make a key. It is shown once and stored as a hash only.")
    .requiredOption("--name <name>", "who or what will use it")
    .addOption(new Option("--role <role>", "what it may do").choices(KEY_ROLES).default("operator"))
    .option("--days <n>", "until it expires (default: never)", wholeNumber(1))
    .option("--json", "one JSON object on standard output")
    .addHelpText(
      "after",
      "\nExamples:\n  $ gleaner keys create --name dashboard\n  $ gleaner keys create --name nightly --role viewer --days 90",
    )
    .action(async (flags: CreateFlags) => {
      await using store = await openKeys();
      const made = await store.create({ name: flags.name, role: flags.role, days: flags.days ?? null });
      await (flags.json
        ? terminal.printJson(made)
        : terminal.print(
            `${made.key}\n\nKeep it now: it cannot be shown again. Send it as: Authorization: Bearer ${made.key}`,
          ));
      finish(EXIT.ok);
    });
  addRotateSeal(keys, { terminal, finish });
  keys
    .command("list")
    .description("Show who has keys; never the keys.")
    .option("--json", "one JSON object on standard output")
    .addHelpText("after", "\nExamples:\n  $ gleaner keys list")
    .action(async ({ json }: { json?: true }) => {
      await using store = await openKeys();
      const found = await store.list();
      if (json) await terminal.printJson({ keys: found });
      else await terminal.print(formatTable(["id", "name", "role", "prefix", "state"], found.map(row), terminal.width));
      finish(EXIT.ok);
    });
  keys
    .command("revoke")
    .argument("<id>", "id of the key, as `keys list` shows it")
    .description("Make a key useless, at once and for ever.")
    .option("--json", "one JSON object on standard output")
    .addHelpText("after", "\nExamples:\n  $ gleaner keys revoke 0198c2f0-6a1d-7cc0-8f0e-2f1a53a1b0de")
    .action(async (id: string, { json }: { json?: true }) => {
      await using store = await openKeys();
      await store.revoke(id);
      await (json ? terminal.printJson({ revoked: id }) : terminal.print(`Key ${id} is revoked.`));
      finish(EXIT.ok);
    });
}

function addRotateSeal(keys: Command, { terminal, finish }: Pick<CommandContext, "terminal" | "finish">): void {
  keys
    .command("rotate-seal")
    .description("Change the key that seals stored secrets, and seal them anew.")
    .option("--finish", "remove the older keys from the key file; after every process was restarted")
    .option("--json", "one JSON object on standard output")
    .addHelpText("after", "\nExamples:\n  $ gleaner keys rotate-seal\n  $ gleaner keys rotate-seal --finish")
    .action(async ({ finish: isLast, json }: { finish?: true; json?: true }) => {
      const report = await rotateSeal({ finish: isLast ?? false });
      await (json ? terminal.printJson(report) : terminal.print(toldOf(report)));
      finish(EXIT.ok);
    });
}

function toldOf({ source, keyId, resealed, lost, olderKeys }: RotationReport): string {
  const done = `Secrets are sealed with key ${keyId} now; ${resealed} were sealed anew.`;
  const gone = lost > 0 ? ` ${lost} cannot be opened: their key is gone.` : "";
  if (olderKeys === 0) return done + gone;
  const next =
    source === "key file"
      ? "Restart every process, then run `gleaner keys rotate-seal --finish`."
      : "Restart every process with it, then leave the older keys out of SECRETS_KEY.";
  return `${done}${gone} ${olderKeys} older key${olderKeys === 1 ? "" : "s"} still open. ${next}`;
}

function row(key: { id: string; name: string; role: string; prefix: string; state: string }): string[] {
  return [key.id, key.name, key.role, key.prefix, key.state];
}
