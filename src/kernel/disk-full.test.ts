import { expect, test } from "vitest";
import { diskFullBehind } from "./disk-full.ts";

const failure = (code: string, cause?: unknown): Error => Object.assign(new Error("write failed", { cause }), { code });

test.each(["ENOSPC", "EDQUOT", "53100"])("%s is a full disk, whatever it is wrapped in", (code) => {
  expect(diskFullBehind(failure(code))).toMatchObject({ code: "disk_full", kind: "unavailable" });
  expect(diskFullBehind(new Error("outer", { cause: failure("x", failure(code)) }))).toMatchObject({
    code: "disk_full",
  });
});

test("other failures are none", () => {
  const circle = new Error("round");
  circle.cause = circle;

  expect([failure("EACCES"), circle, "ENOSPC", null].map(diskFullBehind)).toEqual([null, null, null, null]);
});
