export { buildProgram, runCli } from "./run-cli.ts";
export { Terminal } from "./terminal.ts";
