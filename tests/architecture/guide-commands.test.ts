import { globSync, readFileSync } from "node:fs";
import { PassThrough, Writable } from "node:stream";
import { CommanderError, type Command } from "commander";
import { expect, test } from "vitest";
import { buildProgram, Terminal } from "#surfaces/cli/testing";
import { commandsIn } from "./command-lines.ts";

const documents = [
  "README.md",
  "CONTRIBUTING.md",
  ...globSync("docs/guides/*.md"),
  ...globSync("{bench,integrations/*,src/**}/README.md"),
].map((file) => ({ file, text: readFileSync(file, "utf8") }));

/** The program with all its commands, which do nothing but read their arguments. */
function idleProgram(): { program: Command; said: () => string } {
  let said = "";
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      said += String(chunk);
      done();
    },
  });
  const terminal = new Terminal({
    stdin: new PassThrough(),
    stdout: sink,
    stderr: sink,
    interactive: false,
    width: 100,
  });
  const program = buildProgram({ terminal, signal: new AbortController().signal, finish: () => undefined });
  for (const command of leavesOf(program)) command.action(() => undefined);
  return { program, said: () => said };
}

function leavesOf(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

/** Why the program would refuse these words; null where it would run. */
async function refusalOf(words: readonly string[]): Promise<string | null> {
  try {
    await idleProgram().program.parseAsync([...words], { from: "user" });
    return null;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? null : `${error.code}: ${error.message}`;
  }
}

async function refused(commands: readonly { file: string; words: string[] }[]): Promise<string[]> {
  const judged = await Promise.all(
    commands.map(async ({ file, words }) => ({ file, words, why: await refusalOf(words) })),
  );
  return judged
    .filter(({ why }) => why !== null)
    .map(({ file, words, why }) => `${file}: gleaner ${words.join(" ")}: ${why}`);
}

const ours = documents.flatMap(({ file, text }) => {
  const { lines, spans } = commandsIn(text, "gleaner");
  return { lines: lines.map((words) => ({ file, words })), spans: spans.map((words) => ({ file, words })) };
});
/** In running text a command is often named without what it needs. */
const NAMED_ONLY = /missingMandatoryOptionValue|missingArgument|commander[.]help/;

test("every command line of the guides is understood by the program itself, with its options and their values", async () => {
  const lines = ours.flatMap((each) => each.lines);

  expect(lines.length).toBeGreaterThan(40);
  expect(await refused(lines)).toEqual([]);
});

test("every command that running text names is one, with its options", async () => {
  const spans = ours.flatMap((each) => each.spans).filter(({ words: [name] }) => name !== "…");

  expect(spans.length).toBeGreaterThan(20);
  expect((await refused(spans)).filter((refusal) => !NAMED_ONLY.test(refusal))).toEqual([]);
});

test("every example of --help is understood by the program itself", async () => {
  const shown = leavesOf(idleProgram().program).map((leaf) => {
    const names: string[] = [];
    for (let at: Command | null = leaf; at?.parent; at = at.parent) names.unshift(at.name());
    return names;
  });
  const examples = await Promise.all(
    shown.map(async (names) => {
      const { program, said } = idleProgram();
      await program.parseAsync([...names, "--help"], { from: "user" }).catch(() => undefined);
      const found = [...said().matchAll(/^ +\$ gleaner .*$/gm)].map(([line]) => `    ${line.trim()}`);
      const { lines } = commandsIn(found.join("\n"), "gleaner");
      return lines.map((words) => ({ file: `${names.join(" ")} --help`, words }));
    }),
  );

  expect(examples.filter((lines) => lines.length === 0)).toEqual([]);
  expect(await refused(examples.flat())).toEqual([]);
});

test("every option that is given to a script by npm is one that the script reads", () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync("package.json", "utf8"));
  const given = documents.flatMap(({ file, text }) => {
    const { lines, spans } = commandsIn(text, "npm run");
    return [...lines, ...spans].flatMap(([name = "", ...words]) =>
      words.filter((word) => /^--[a-z]/.test(word)).map((option) => ({ file, name, option })),
    );
  });
  const isRead = (name: string, option: string) =>
    [...(scripts[name] ?? "").matchAll(/\S+\.mjs/g)].some(([path]) =>
      readFileSync(path, "utf8").includes(`"${option}"`),
    );

  expect(given.filter(({ name, option }) => !isRead(name, option))).toEqual([]);
  expect(given.length).toBeGreaterThan(0);
});

test("a command line with a misspelt option, a missing argument or a wrong value would be noticed", async () => {
  const wrong = [
    "gleaner verify RUN --fields title",
    "gleaner keys create --role admin",
    "gleaner keys create --name x --role king",
    "gleaner keys rotate",
    "gleaner users set-role bob",
    "gleaner harvst URL",
  ];
  const { lines } = commandsIn(wrong.map((line) => `    ${line}   what it does`).join("\n"), "gleaner");

  expect(await refused(lines.map((words) => ({ file: "guide", words })))).toHaveLength(wrong.length);
});
