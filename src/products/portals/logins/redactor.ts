import type { SessionState } from "#engines/harvest";

/** Shorter ones stand in any page by chance. */
const SHORTEST = 6;
const NAMED: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos" };

/** Cookies that say who is signed in. Scripts may not read most of them; tokens against forged requests belong into forms. */
const KEYS = /sess|sid$|auth|jwt|login/i;
const NO_KEYS = /csrf|xsrf|forgery|requestverification/i;
/** Below it a value may be a word. */
const SHORTEST_KEY = 12;

/** What of a session would let others in. */
export function keysOf({ cookies }: SessionState): string[] {
  return cookies
    .filter(({ name, httpOnly }) => (httpOnly || KEYS.test(name)) && !NO_KEYS.test(name))
    .flatMap(({ value }) => (value.length >= SHORTEST_KEY ? value : []));
}

/** Blots out secrets that a page repeats, byte for byte, so that places in the page stay where they are. */
export function redactorOf(secrets: readonly string[]): (bytes: Uint8Array) => Uint8Array {
  const patterns = secrets
    .filter(({ length }) => length >= SHORTEST)
    .flatMap((secret) => [
      ...base64Of(secret).map((text) => `${literally(text)}[\\w+/-]?=*`),
      [...secret].map(spellings).join(""),
    ]);
  if (patterns.length === 0) return (bytes) => bytes;
  const written = new RegExp(patterns.join("|"), "g");
  return (bytes) => {
    const page = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let blotted: Buffer | null = null;
    for (const { 0: found, index } of page.toString("latin1").matchAll(written))
      (blotted ??= Buffer.from(page)).fill("*", index, index + found.length);
    return blotted ?? bytes;
  };
}

/** A character as pages write it: as it is, in markup, in an address, in a script; a byte is a letter of the pattern. */
function spellings(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  const hex = anyCase(code.toString(16));
  const bytes = Buffer.from(letter);
  const units = [...Array(letter.length).keys()].map((at) => letter.charCodeAt(at).toString(16).padStart(4, "0"));
  const name = NAMED[letter];
  const all = [
    bytes.toString("latin1"),
    ...(code > 0x7f && code <= 0xff ? [letter] : []),
    ...(letter === " " ? ["+"] : []),
    ...(/["'\\/]/.test(letter) ? [`\\${letter}`] : []),
  ].map(literally);
  const coded = [
    ...(name === undefined ? [] : [`&${name};?`]),
    `&#0{0,6}${code};?`,
    `&#[xX]0{0,6}${hex};?`,
    [...bytes].map((byte) => `%${anyCase(byte.toString(16).padStart(2, "0"))}`).join(""),
    units.map((unit) => `\\\\u${anyCase(unit)}`).join(""),
    ...(code <= 0xff ? [`\\\\x${anyCase(code.toString(16).padStart(2, "0"))}`] : []),
  ];
  // The longest first: "&amp;" is one letter, not the letter "&" and four more.
  return `(?:${[...coded, ...all].join("|")})`;
}

/** What all Base64 texts have in common that hold the secret, wherever it begins in what was encoded. */
function base64Of(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const texts = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  return [...texts, ...texts.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"))];
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/** Each letter of the text is below U+0100. */
function literally(text: string): string {
  return text.replace(/[^a-zA-Z0-9]/g, (letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
