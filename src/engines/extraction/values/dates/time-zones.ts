import { DateTime, IANAZone } from "luxon";

/** Zones that lists name by letters. Letters that mean several zones (IST, CST in China) stand for the most usual one. */
const ZONES: Readonly<Record<string, string>> = {
  Z: "Z",
  UTC: "Z",
  GMT: "Z",
  ET: "America/New_York",
  EST: "-05:00",
  EDT: "-04:00",
  CT: "America/Chicago",
  CST: "-06:00",
  CDT: "-05:00",
  MT: "America/Denver",
  MST: "-07:00",
  MDT: "-06:00",
  PT: "America/Los_Angeles",
  PST: "-08:00",
  PDT: "-07:00",
  AKST: "-09:00",
  AKDT: "-08:00",
  HST: "-10:00",
  EASTERN: "America/New_York",
  CENTRAL: "America/Chicago",
  MOUNTAIN: "America/Denver",
  PACIFIC: "America/Los_Angeles",
  WET: "+00:00",
  WEST: "+01:00",
  BST: "+01:00",
  CET: "+01:00",
  CEST: "+02:00",
  MEZ: "+01:00",
  MESZ: "+02:00",
  EET: "+02:00",
  EEST: "+03:00",
  MSK: "+03:00",
  SAST: "+02:00",
  EAT: "+03:00",
  IST: "+05:30",
  SGT: "+08:00",
  HKT: "+08:00",
  JST: "+09:00",
  KST: "+09:00",
  AWST: "+08:00",
  ACST: "+09:30",
  ACDT: "+10:30",
  AEST: "+10:00",
  AEDT: "+11:00",
  NZST: "+12:00",
  NZDT: "+13:00",
};

/** Zone or offset for what a text calls it; null when it is none. */
export function zoneNamed(name: string): string | null {
  const offset = /^(?:UTC|GMT)?\s?([+-])(\d{1,2}):?(\d{2})?$/i.exec(name.trim());
  if (offset) return `${offset[1]}${(offset[2] ?? "").padStart(2, "0")}:${offset[3] ?? "00"}`;
  const known = ZONES[name.trim().replace(/ .*/, "").toUpperCase()];
  if (known !== undefined) return known;
  return name.includes("/") && IANAZone.isValidZone(name) ? name : null;
}

/** The offset of a local time: `+02:00`, `Z` for UTC, empty when the zone is not known. */
export function offsetAt(local: string, zone: string | null | undefined): string {
  if (!zone) return "";
  if (zone === "Z" || /^[+-]\d\d:\d\d$/.test(zone)) return zone === "+00:00" ? "Z" : zone;
  const moment = DateTime.fromISO(local, { zone });
  if (!moment.isValid) return "";
  return moment.offset === 0 ? "Z" : moment.toFormat("ZZ");
}
