import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

const CODE_SPAN = /`([^`\n]+)`/g;
const FENCE = /^(?:```|~~~).*?\n([\s\S]*?)^(?:```|~~~)/gm;
const INDENTED = /^ {4,}\S.*$/gm;

const documents = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "" && existsSync(file))
  .map((file) => ({ file, text: readFileSync(file, "utf8") }));
/** What people start with. READMEs of modules may name things of their own that look like commands. */
const guides = documents.filter(({ file }) => !file.startsWith("src/") && !file.startsWith("tests/"));

test("the rules see the documentation", () => {
  expect(guides.length).toBeGreaterThan(15);
  expect(commandsOf(/\bgleaner ([a-z-]+)/g).length).toBeGreaterThan(30);
});

test("every link within the repository leads somewhere", () => {
  const broken = documents.flatMap(({ file, text }) =>
    [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !/^(https?|mailto):/.test(target))
      .filter((target) => !leadsSomewhere(file, target))
      .map((target) => `${file}: ${target}`),
  );

  expect(broken).toEqual([]);
});

test("every guide stands in the map of the docs", () => {
  const map = readFileSync("README.md", "utf8");
  const missing = globSync("docs/guides/*.md").filter((file) => !map.includes(`](${file})`));

  expect(missing).toEqual([]);
});

test("every npm script that is named exists", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  const named = commandsOf(/\bnpm (?:run )?(?:-s )?([a-z][a-z:-]*)/g);

  expect(named.filter(({ word }) => !NPM_ITSELF.has(word) && !(word in scripts))).toEqual([]);
});

test("every make target that is named exists", () => {
  const targets = new Set([...readFileSync("Makefile", "utf8").matchAll(/^([a-z-]+):/gm)].map((match) => match[1]));
  const named = commandsOf(/(?:^|[`\s])make ([a-z-]+)(?=[`\s;,.]|$)/gm);

  expect(named.filter(({ word }) => !targets.has(word))).toEqual([]);
});

test("every command of the command line that is named exists", () => {
  const named = commandsOf(/(?<![\w/-])gleaner ([a-z][a-z-]*)/g);

  expect(named.filter(({ word }) => !commands().has(word))).toEqual([]);
});

test("every command of the command line is explained", () => {
  const guide = readFileSync("docs/guides/cli.md", "utf8");

  expect([...commands()].filter((name) => !guide.includes(`gleaner ${name}`))).toEqual([]);
});

test("every option of the command line that is named exists, and every one is explained", () => {
  const source = globSync("src/surfaces/cli/**/*.ts").map((file) => readFileSync(file, "utf8"));
  const options = new Set(source.flatMap((text) => [...text.matchAll(/"(--[a-z-]+)[ "]/g)].map(([, name]) => name)));
  const lines = guides.flatMap(({ file, text }) =>
    [...text.matchAll(/\bgleaner [a-z]+[^`\n]*/g)].map(([line]) => ({ file, line })),
  );
  const strange = lines.flatMap(({ file, line }) =>
    [...line.matchAll(/(?<=\s)--[a-z-]+/g)]
      .map(([name]) => name)
      .filter((name) => !options.has(name) && name !== "--help" && name !== "--version")
      .map((name) => `${file}: ${name}`),
  );
  const guide = readFileSync("docs/guides/cli.md", "utf8");

  expect(strange).toEqual([]);
  expect([...options].filter((name) => !new RegExp(`${name}(?![a-z-])`).test(guide))).toEqual([]);
});

test("every setting that is named is a setting", () => {
  const example = readFileSync(".env.example", "utf8");
  const known = new Set(example.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*\b/g));
  const named = guides.flatMap(({ file, text }) =>
    [...text.matchAll(/(?<![\w/.<])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![\w*])/g)].map(([word]) => ({ file, word })),
  );

  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ word }) => !known.has(word) && !OF_OTHERS.has(word))).toEqual([]);
});

/** The beginning of a name will do, as it does for the test runner. */
test("every source that is named exists", () => {
  const missing = guides.flatMap(({ file, text }) =>
    [...text.matchAll(/(?<![\w/.-])(?:src|tests|scripts|docs|bench|deploy|bin)\/[\w./-]*[\w/]/g)]
      .map(([path]) => path)
      .filter((path) => !existsSync(path) && globSync(`${path}*`).length === 0)
      .map((path) => `${file}: ${path}`),
  );

  expect(missing).toEqual([]);
});

test("every exit code is explained", () => {
  const source = readFileSync("src/surfaces/cli/exit-code.ts", "utf8");
  const codes = [...source.matchAll(/^ {2}\w+: (\d+),$/gm)].map(([, code]) => code);
  const guide = readFileSync("docs/guides/cli.md", "utf8");

  expect(codes.length).toBeGreaterThan(5);
  expect(codes.filter((code) => !guide.includes(`| ${code} |`))).toEqual([]);
});

test("every address of the API that is named exists", () => {
  const { paths } = JSON.parse(readFileSync("openapi.json", "utf8"));
  const known = Object.keys(paths).map((path) => new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`));
  const named = guides.flatMap(({ file, text }) =>
    [...text.matchAll(/(?:127\.0\.0\.1:8000|(?:GET|POST|PUT|PATCH|DELETE) )(\/[\w./{}-]*\w\}?)/g)].map(
      ([, path = ""]) => ({ file, path }),
    ),
  );

  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ path }) => path !== "/docs" && !known.some((each) => each.test(path)))).toEqual([]);
});

test("nothing tells of the machine it was written on", () => {
  const telling = /(?<![\w.-])\/(?:work|home|root|tmp|Users)\/\w|artifactory|nexus\.|verdaccio|registry\.(?!k8s)/i;

  expect(documents.filter(({ text }) => telling.test(text)).map(({ file }) => file)).toEqual([]);
});

/** What npm can do without a script of ours. */
const NPM_ITSELF = new Set(["ci", "install", "ping", "pack", "run", "registry", "set-up"]);
/** Words in capitals that belong to others: the container's database, git hooks, Node. */
const OF_OTHERS = new Set([
  // Set in a Convex deployment, where Gleaner does not run.
  "BROWSER_AGENT_URL",
  "GLEANER_CALLBACK_SECRET",
  "POSTGRES_PASSWORD",
  "SKIP_SIMPLE_GIT_HOOKS",
  "GLEANER_TEST_DATABASE_URL",
]);

/** Words after a command name, in code only: prose may say "gleaner" too. */
function commandsOf(pattern: RegExp): { file: string; word: string }[] {
  return guides.flatMap(({ file, text }) =>
    codeOf(text).flatMap((code) => [...code.matchAll(pattern)].map(([, word = ""]) => ({ file, word }))),
  );
}

function commands(): Set<string> {
  return new Set(
    globSync("src/surfaces/cli/commands/*.ts").flatMap((file) => {
      const first = /\.command\("([a-z-]+)"\)/.exec(readFileSync(file, "utf8"));
      return first?.[1] === undefined ? [] : [first[1]];
    }),
  );
}

function codeOf(text: string): string[] {
  const rest = text.replace(FENCE, "");
  return [
    ...[...text.matchAll(FENCE)].map(([, code = ""]) => code),
    ...(rest.match(INDENTED) ?? []),
    ...[...rest.matchAll(CODE_SPAN)].map(([, code = ""]) => code),
  ];
}

function withoutCode(text: string): string {
  return text.replace(FENCE, "").replace(INDENTED, "").replace(CODE_SPAN, "");
}

function leadsSomewhere(file: string, target: string): boolean {
  const [path = "", anchor] = target.split("#");
  const found = path === "" ? file : normalize(join(dirname(file), decodeURIComponent(path)));
  if (!existsSync(found)) return false;
  return anchor === undefined || !found.endsWith(".md") || headingsOf(readFileSync(found, "utf8")).has(anchor);
}

/** Names of headings as GitHub makes them. */
function headingsOf(text: string): Set<string> {
  return new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replace(/ /g, "-"),
    ),
  );
}
