import { accessSync, constants } from "node:fs";
import { describe, expect, it } from "vitest";
import { bundledChromium, resolveChromium } from "./resolve-chromium.ts";

const isExecutable = (path: string): boolean => {
  accessSync(path, constants.X_OK);
  return true;
};

describe("finding a Chromium", () => {
  it("takes the configured one, or says that it is not there", async () => {
    expect(await resolveChromium(process.execPath)).toEqual({
      executablePath: process.execPath,
      args: ["--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup"],
      source: "configured",
    });
    await expect(resolveChromium("/nowhere/chromium")).rejects.toMatchObject({ code: "browser_not_started" });
  });

  it("finds one on every machine, because the package brings one", async () => {
    expect(isExecutable((await resolveChromium()).executablePath)).toBe(true);
    const bundled = await bundledChromium();
    expect(bundled.source).toBe("bundled");
    expect(isExecutable(bundled.executablePath)).toBe(true);
  });
});
