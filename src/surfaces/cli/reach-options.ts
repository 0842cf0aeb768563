import { Option, type Command } from "commander";
import type { ReachOptions } from "#app";
import { collect, collectInputs, commaList, wholeNumber, type NamedValue } from "./arguments.ts";

/** Options of every command that asks a source. */
export interface ReachFlags {
  allowHost?: string[];
  fields?: string[];
  wish?: string;
  schema?: string;
  browser?: true;
  http?: true;
  details?: true;
  input?: NamedValue[];
  ignoreRobots?: true;
  delay?: number;
  embedded: boolean;
  dataDir?: string;
  json?: true;
}

export function addReachOptions(command: Command): Command {
  return command
    .option("--allow-host <host>", "let a host of a private network be asked: host or host:port; repeatable", collect)
    .option("--fields <names>", "the columns that are wanted, comma-separated", commaList)
    .option("--wish <words>", "what is wanted, in plain words")
    .option("--schema <file>", "what is wanted, as a JSON Schema")
    .addOption(new Option("--browser", "read every page in a browser").conflicts("http"))
    .addOption(new Option("--http", "never start a browser").conflicts("browser"))
    .option("--details", "read the page behind each record too")
    .option(
      "--input <name=value>",
      "what the search form before the list is asked: a field's name or label, and words, a choice, or a date (2026-03-01, today, today-30d); repeatable",
      collectInputs,
    )
    .option("--no-embedded", "ignore JSON-LD, microdata and script state")
    .option("--ignore-robots", "ask although robots.txt says no; recorded with the run")
    .option(
      "--delay <ms>",
      "least time between two requests to one host; 0 for hosts named with --allow-host",
      wholeNumber(0),
    )
    .option("--data-dir <folder>", "where database and evidence are kept")
    .option("--json", "one JSON object on standard output");
}

export function reachOf(flags: ReachFlags): ReachOptions {
  const transport = flags.browser ? "browser" : flags.http ? "http" : "auto";
  return {
    allowHosts: flags.allowHost ?? [],
    transport,
    embedded: flags.embedded,
    details: flags.details ?? false,
    ...(flags.ignoreRobots ? { robots: "ignore" } : {}),
    ...(flags.fields || flags.wish || flags.schema
      ? {
          wish: {
            fields: flags.fields ?? [],
            ...(flags.wish ? { text: flags.wish } : {}),
            ...(flags.schema ? { schemaFile: flags.schema } : {}),
          },
        }
      : {}),
    ...(flags.input ? { inputs: flags.input } : {}),
    ...(flags.delay === undefined ? {} : { minDelayMs: flags.delay }),
  };
}
