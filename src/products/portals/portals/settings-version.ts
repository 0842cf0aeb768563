import { canonicalJson, sha256Hex } from "#kernel";
import type { Portal } from "./portal.ts";

/** Hexadecimal digits: more than enough to tell two states of one portal apart. */
const LENGTH = 16;

/** Names what people have said of a portal: another name as soon as somebody says something else. What jobs note leaves it. */
export function settingsVersion(portal: Portal): string {
  const { name, url, state, capital, configuration, robots, robotsReason, watched, schedule, timezone } = portal;
  const said = { name, url, state, capital, configuration, robots, robotsReason, watched, schedule, timezone };
  return sha256Hex(canonicalJson(JSON.parse(JSON.stringify(said)))).slice(0, LENGTH);
}
