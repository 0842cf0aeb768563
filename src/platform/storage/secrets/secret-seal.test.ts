import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { BadSecretKey, SecretAltered, SecretKeyLost } from "../errors.ts";
import { loadKeyRing, rotateKeyFile } from "./key-file.ts";
import { parseKey } from "./key-ring.ts";
import { SecretSeal } from "./secret-seal.ts";

const OLD = parseKey("11".repeat(32), "test");
const NEW = parseKey("22".repeat(32), "test");
const seal = new SecretSeal([OLD]);
const folder = await mkdtemp(join(tmpdir(), "gleaner-keys-"));
afterAll(() => rm(folder, { recursive: true }));

test("a sealed secret opens in its place", () => {
  const sealed = seal.seal("påssword", "delivery:1");

  expect(sealed).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]{16}\.[\w-]{22}\.[\w-]+$/);
  expect(seal.open(sealed, "delivery:1")).toBe("påssword");
});

test("sealing twice gives two texts", () => {
  expect(seal.seal("same", "here")).not.toBe(seal.seal("same", "here"));
});

test("an empty secret is a secret", () => {
  expect(seal.open(seal.seal("", "here"), "here")).toBe("");
});

test("a secret that was moved elsewhere does not open", () => {
  expect(() => seal.open(seal.seal("secret", "delivery:1"), "delivery:2")).toThrow(SecretAltered);
});

test("an altered secret does not open", () => {
  const sealed = seal.seal("secret", "here");
  const altered = sealed.slice(0, -1) + (sealed.endsWith("A") ? "B" : "A");

  expect(() => seal.open(altered, "here")).toThrow(SecretAltered);
  expect(() => seal.open("v1.nonsense", "here")).toThrow(SecretAltered);
});

test("after a rotation old secrets open, and are resealed under the new key", () => {
  const rotated = new SecretSeal([NEW, OLD]);
  const old = seal.seal("secret", "here");

  const renewed = rotated.reseal(old, "here");

  expect(rotated.open(old, "here")).toBe("secret");
  expect(renewed?.split(".")[1]).toBe(NEW.id);
  expect(new SecretSeal([NEW]).open(renewed ?? "", "here")).toBe("secret");
  expect(rotated.reseal(renewed ?? "", "here")).toBeNull();
});

test("a secret whose key was lost says which key and what to do", () => {
  const lost = () => new SecretSeal([NEW]).open(seal.seal("secret", "here"), "here");

  expect(lost).toThrow(SecretKeyLost);
  expect(lost).toThrow(/SECRETS_KEY.*enter the secret anew/);
});

test("the key file is made at the first use, for its owner only, and read ever after", async () => {
  const [first] = await loadKeyRing({ folder });
  const [again] = await loadKeyRing({ folder });

  expect(again.id).toBe(first.id);
  expect((await stat(join(folder, "secrets.key"))).mode & 0o777).toBe(0o600);
});

test("processes that start together agree on one key", async () => {
  const fresh = join(folder, "fresh");
  const rings = await Promise.all(Array.from({ length: 5 }, () => loadKeyRing({ folder: fresh })));

  expect(new Set(rings.map(([key]) => key.id)).size).toBe(1);
});

test("rotating the key file puts a new key before the old one", async () => {
  const [before] = await loadKeyRing({ folder });
  await rotateKeyFile(folder);
  const after = await loadKeyRing({ folder });

  expect(after).toHaveLength(2);
  expect(after[0].id).not.toBe(before.id);
  expect(after[1]?.id).toBe(before.id);
});

test("a configured key seals, and the key file still opens", async () => {
  const [filed] = await loadKeyRing({ folder });
  const ring = await loadKeyRing({ folder, secretsKey: `${"ab".repeat(32)},${"cd".repeat(32)}` });

  expect(ring.map(({ id }) => id).slice(0, 3)).toEqual([
    parseKey("ab".repeat(32), "").id,
    parseKey("cd".repeat(32), "").id,
    filed.id,
  ]);
});

test("a key that is none is refused without being shown", async () => {
  const refusal = await loadKeyRing({ folder, secretsKey: "hunter2" }).catch((error: unknown) => error);

  expect(refusal).toBeInstanceOf(BadSecretKey);
  expect(String(refusal)).not.toContain("hunter2");
});

test("a damaged key file is never replaced", async () => {
  const damaged = join(folder, "fresh");
  await writeFile(join(damaged, "secrets.key"), "garbage");

  await expect(loadKeyRing({ folder: damaged })).rejects.toThrow(BadSecretKey);
  expect(await readFile(join(damaged, "secrets.key"), "utf8")).toBe("garbage");
});
