import { Secret, TOTP } from "otpauth";
import { describe, expect, test } from "vitest";
import { oneTimeCode, readOneTimeSecret } from "./one-time-codes.ts";

/** The secret of RFC 6238's test vectors. */
const SECRET = Secret.fromUTF8("12345678901234567890");
const ADDRESS = new TOTP({ secret: SECRET, digits: 8, label: "portal" }).toString();
const never = new AbortController().signal;

interface At {
  /** Seconds since 1970. */
  readonly ours: number;
  readonly theirs?: number;
  readonly claim?: (step: number) => Promise<boolean>;
  readonly signal?: AbortSignal;
  readonly secret?: string;
}

const codeAt = ({ ours, theirs, claim = async () => true, signal = never, secret = ADDRESS }: At): Promise<string> =>
  oneTimeCode({
    secret,
    clock: () => new Date(ours * 1_000),
    servedAt: theirs === undefined ? null : new Date(theirs * 1_000),
    claim,
    signal,
  });

describe("secrets of one-time codes", () => {
  test.each([
    ["as it stands beside the picture", "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"],
    ["in small letters with dashes", "gezd-gnbv-gy3t-qojq-gezd-gnbv-gy3t-qojq"],
    ["as an address", "otpauth://totp/Town:buyer@example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Town"],
  ])("are read %s", (_how, written) => {
    const read = new URL(readOneTimeSecret(written));

    expect(read.searchParams.get("secret")).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    expect(read.href).not.toContain("buyer");
  });

  test("keep the digits, period and algorithm that the portal asked for", () => {
    const read = readOneTimeSecret("otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ&digits=8&period=60&algorithm=SHA256");

    expect(Object.fromEntries(new URL(read).searchParams)).toMatchObject({ digits: "8", period: "60", algorithm: "SHA256" });
  }); // prettier-ignore

  test.each([
    ["that say nothing", ""],
    ["that are no Base32", "not a secret!"],
    ["that are too short", "GEZD"],
    ["of codes that count instead of telling the time", "otpauth://hotp/x?secret=GEZDGNBVGY3TQOJQ&counter=0"],
    ["that are an address of something else", "https://town.example/?secret=GEZDGNBVGY3TQOJQ"],
  ])("%s are refused without repeating them", (_what, written) => {
    const act = () => readOneTimeSecret(written);

    expect(act).toThrow(expect.objectContaining({ code: "bad_totp_secret" }));
    if (written !== "") expect(act).not.toThrow(expect.objectContaining({ message: expect.stringContaining(written) }));
  });
});

describe("one-time codes", () => {
  test.each([
    [59 - 20, "94287082"],
    [1_111_111_109 - 20, "07081804"],
    [1_234_567_890 + 5, "89005924"],
    [2_000_000_000 - 15, "69279037"],
  ])("are those of RFC 6238 (second %i)", async (ours, code) => {
    expect(await codeAt({ ours })).toBe(code);
  });

  test("follow the portal's clock, by one step at most", async () => {
    const [now, next, later] = await Promise.all([0, 30, 90].map((more) => codeAt({ ours: 1_000_005 + more })));

    expect(await codeAt({ ours: 1_000_005, theirs: 1_000_006 })).toBe(now);
    expect(await codeAt({ ours: 1_000_005, theirs: 1_000_035 })).toBe(next);
    const far = await codeAt({ ours: 1_000_005, theirs: 1_000_095 });
    expect(far).toBe(next);
    expect(far).not.toBe(later);
  });

  test("are given out once: who comes second waits, and gives up when told to", async () => {
    const taken = new Set<number>();
    const claim = async (step: number): Promise<boolean> => taken.size < taken.add(step).size;
    await codeAt({ ours: 1_000_005, claim });
    const giveUp = new AbortController();
    const second = codeAt({ ours: 1_000_005, claim, signal: giveUp.signal });
    giveUp.abort(new Error("the job was cancelled"));

    await expect(second).rejects.toThrow();
    expect(taken.size).toBe(1);
  });

  test("that would run out while they are typed are not begun", async () => {
    const steps: number[] = [];
    const giveUp = new AbortController();
    const claim = async (step: number): Promise<boolean> => steps.push(step) > 0;
    const act = codeAt({ ours: 1_000_019, claim, signal: giveUp.signal });
    giveUp.abort(new Error("no time"));

    await expect(act).rejects.toThrow();
    expect(steps).toEqual([]);
  });
});
