import { Option, type Command } from "commander";
import { openUsers, USER_ROLES, type ListedUser, type UserRole } from "#app";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { readNewPassword } from "../password-input.ts";
import { formatTable } from "../terminal.ts";

interface PasswordFlags {
  generate?: true;
  json?: true;
}

const JSON_FLAG = ["--json", "one JSON object on standard output"] as const;
const GENERATE_FLAG = ["--generate", "make a password and show it once, instead of asking for one"] as const;

/** People who sign in to the dashboard. */
export function addUsers(program: Command, context: CommandContext): void {
  const users = program.command("users").description("Let people sign in to the dashboard, and keep them out again.");
  addAdd(users, context);
  addList(users, context);
  addSwitch(users, context, { name: "disable", disabled: true, told: "is signed out and cannot sign in any more" });
  addSwitch(users, context, { name: "enable", disabled: false, told: "may sign in again" });
  addSetRole(users, context);
  addResetPassword(users, context);
}

function addAdd(users: Command, { terminal, finish }: CommandContext): void {
  users
    .command("add")
    .argument("<name>", "name or e-mail address to sign in with")
    .description("Give somebody an account. The password is asked for, or read from standard input.")
    .addOption(new Option("--role <role>", "what they may do").choices(USER_ROLES).default("viewer"))
    .option(...GENERATE_FLAG)
    .option(...JSON_FLAG)
    .addHelpText(
      "after",
      "\nExamples:\n  $ gleaner users add ada@example.org --role admin\n  $ gleaner users add bob --generate\n  $ gleaner users add eve --role operator < password.txt",
    )
    .action(async (name: string, flags: PasswordFlags & { role: UserRole }) => {
      const password = flags.generate ? null : await readNewPassword(terminal.passwordStreams);
      await using desk = await openUsers();
      const made = await desk.add({ name, role: flags.role, password });
      await (flags.json
        ? terminal.printJson(made)
        : terminal.print(`${made.name} may sign in as ${made.role}.${shown(made.password)}`));
      finish(EXIT.ok);
    });
}

function addList(users: Command, { terminal, finish }: CommandContext): void {
  users
    .command("list")
    .description("Show who has an account.")
    .option(...JSON_FLAG)
    .addHelpText("after", "\nExamples:\n  $ gleaner users list")
    .action(async ({ json }: { json?: true }) => {
      await using desk = await openUsers();
      const found = await desk.list();
      const head = ["name", "role", "state", "last sign-in"];
      if (json) await terminal.printJson({ users: found });
      else await terminal.print(formatTable(head, found.map(row), terminal.width));
      finish(EXIT.ok);
    });
}

function addSwitch(
  users: Command,
  { terminal, finish }: CommandContext,
  { name: verb, disabled, told }: { name: string; disabled: boolean; told: string },
): void {
  users
    .command(verb)
    .argument("<name>", "as `users list` shows it")
    .description(disabled ? "Keep somebody out, at once. The account stays." : "Let somebody in again.")
    .option(...JSON_FLAG)
    .addHelpText("after", `\nExamples:\n  $ gleaner users ${verb} bob`)
    .action(async (name: string, { json }: { json?: true }) => {
      await using desk = await openUsers();
      const user = await desk.change(name, { disabled });
      await (json ? terminal.printJson(user) : terminal.print(`${user.name} ${told}.`));
      finish(EXIT.ok);
    });
}

function addSetRole(users: Command, { terminal, finish }: CommandContext): void {
  users
    .command("set-role")
    .argument("<name>", "as `users list` shows it")
    .argument("<role>", USER_ROLES.join(", "))
    .description("Change what somebody may do; it holds from their next click.")
    .option(...JSON_FLAG)
    .addHelpText("after", "\nExamples:\n  $ gleaner users set-role bob operator")
    .action(async (name: string, wanted: string, { json }: { json?: true }, command: Command) => {
      const role = USER_ROLES.find((known) => known === wanted);
      if (role === undefined) return command.error(`error: the role must be one of ${USER_ROLES.join(", ")}`);
      await using desk = await openUsers();
      const user = await desk.change(name, { role });
      await (json ? terminal.printJson(user) : terminal.print(`${user.name} is ${user.role} now.`));
      finish(EXIT.ok);
    });
}

function addResetPassword(users: Command, { terminal, finish }: CommandContext): void {
  users
    .command("reset-password")
    .argument("<name>", "as `users list` shows it")
    .description("Set a new password for whoever forgot theirs. They are signed out everywhere.")
    .option(...GENERATE_FLAG)
    .option(...JSON_FLAG)
    .addHelpText(
      "after",
      "\nExamples:\n  $ gleaner users reset-password bob\n  $ gleaner users reset-password bob --generate",
    )
    .action(async (name: string, flags: PasswordFlags) => {
      const password = flags.generate ? null : await readNewPassword(terminal.passwordStreams);
      await using desk = await openUsers();
      const changed = await desk.resetPassword(name, password);
      await (flags.json
        ? terminal.printJson(changed)
        : terminal.print(`${changed.name} has a new password.${shown(changed.password)}`));
      finish(EXIT.ok);
    });
}

function shown(password: string | null): string {
  return password === null ? "" : `\n\n${password}\n\nPass it on now: it cannot be shown again.`;
}

function row({ name, role, disabledAt, lastSignedInAt }: ListedUser): string[] {
  return [name, role, disabledAt === null ? "active" : "disabled", lastSignedInAt?.toISOString() ?? "never"];
}
