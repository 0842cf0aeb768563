import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openWorkbench } from "#app/testing";
import { noTelemetry, silentLogger } from "#kernel";
import { loadConfig } from "#platform/config";
import { makeDataFolder } from "#platform/storage/testing";
import { startSite } from "../sites/local-site.ts";
import { scriptedList } from "../sites/scripted-lists.ts";

const folder = await makeDataFolder("pictures");
const environment = {
  GLEANER_DATA_DIR: folder,
  SAVE_SCREENSHOTS: "true",
  SCREENSHOT_DIR: "shots",
  SCREENSHOT_QUALITY: "40",
  MAX_SCREENSHOT_WIDTH: "640",
};
const config = loadConfig({ folder, environment });
const workbench = await openWorkbench({ config, logger: silentLogger, telemetry: noTelemetry });
const site = await startSite(scriptedList("load-more", { count: 14, size: 8 }));
afterAll(async () => {
  await site.close();
  await workbench.close();
  await rm(folder, { recursive: true, force: true });
});

/** Of a JPEG: it stands in its frame header. */
function widthOf(jpeg: Buffer): number {
  expect(jpeg.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  let at = 2;
  while (jpeg[at + 1] !== 0xc0 && jpeg[at + 1] !== 0xc2) at += 2 + jpeg.readUInt16BE(at + 2);
  return jpeg.readUInt16BE(at + 7);
}

test(
  "what a browser showed is kept as a picture, as an artifact of its step and as a file",
  { timeout: 60_000 },
  async () => {
    const { harvester, artifacts } = workbench;

    const { interactions } = await harvester.harvest({
      url: `${site.url}/tenders`,
      allowHosts: [site.host],
      transport: "browser",
    });

    const kept = interactions.flatMap(({ picture }) => picture ?? []);
    const files = await readdir(join(folder, "shots"));
    expect(kept).toHaveLength(2);
    for (const sha256 of kept) {
      const stored = await artifacts.get(sha256);
      expect(stored?.ref.mediaType).toBe("image/jpeg");
      expect(widthOf(Buffer.from(stored?.bytes ?? []))).toBe(640);
      expect(files.filter((name) => name.includes(`-127.0.0.1-${sha256.slice(0, 12)}`))).not.toEqual([]);
    }
  },
);
