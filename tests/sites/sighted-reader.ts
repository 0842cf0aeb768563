import { chromium, type Browser, type Page } from "playwright-core";
import { resolveChromium } from "#engines/browser";
import { NOTHING, shownIn } from "#engines/agent/testing";
import type { Decision } from "#engines/agent";
import type { SeenRequest } from "#engines/llm/testing";
import { wordless } from "./wishful-reader.ts";

/** How colours that a wish may name look, as bounds of red, green and blue. */
const COLOURS: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  green: [
    [20, 70],
    [115, 165],
    [40, 90],
  ],
};
const MARK = "font:bold 11px sans-serif;background:#d6336c;color:#fff;padding:0 2px";

/** A program in the place of a model with eyes: it has the words of the prompt and the points of its picture, nothing else. */
export class SightedReader {
  #browser: Promise<Browser> | null = null;

  /** What is to be pressed, where a picture shows the colour that is wanted; null for prompts without a picture. */
  async read({ turns, body }: SeenRequest): Promise<Decision | null> {
    const picture = /data:image\/jpeg;base64,[A-Za-z0-9+/=]+/.exec(JSON.stringify(body))?.[0];
    if (picture === undefined) return null;
    const prompt = turns.map(({ text }) => text).join("\n");
    const goal = /^Goal: (.*)$/m.exec(prompt)?.[1] ?? "";
    const bounds = Object.entries(COLOURS).find(([name]) => goal.includes(name))?.[1];
    const shown = shownIn({ instructions: "", task: "", page: prompt, picture: null });
    const marks = wordless(shown).map(({ id }) => String(id));
    if (!bounds || marks.length === 0) return { ...NOTHING, reason: "The picture does not tell either." };
    const mark = await this.#markAt(picture, bounds, marks);
    if (mark === null) return { ...NOTHING, reason: "There is nothing of that colour." };
    return { ...NOTHING, action: "click", node: Number(mark), reason: "It has the colour that was named." };
  }

  async close(): Promise<void> {
    await (await this.#browser)?.close();
  }

  /** The label that stands in the upper left corner of what has this colour: the one of these that looks most like it. */
  async #markAt(
    picture: string,
    bounds: readonly (readonly [number, number])[],
    marks: string[],
  ): Promise<string | null> {
    this.#browser ??= resolveChromium().then(({ executablePath, args }) => chromium.launch({ executablePath, args }));
    const page = await (await this.#browser).newPage();
    try {
      const labels = marks.map((mark) => `<div style="position:absolute;left:0;top:0;${MARK}">${mark}</div>`);
      const examples: string[] = [];
      for (const label of labels) examples.push(await pictureOf(page, label));
      const source = `(${look.toString()})(${JSON.stringify({ picture, bounds, examples })})`;
      const at: unknown = await page.evaluate(source);
      return typeof at === "number" ? (marks[at] ?? null) : null;
    } finally {
      await page.close();
    }
  }
}

async function pictureOf(page: Page, html: string): Promise<string> {
  await page.setContent(`<!doctype html><html lang="en"><body style="margin:0">${html}</body></html>`);
  const bytes = await page.locator("div").screenshot({ type: "png" });
  return `data:image/png;base64,${bytes.toString("base64")}`;
}

interface Sight {
  picture: string;
  bounds: readonly (readonly [number, number])[];
  examples: string[];
}

interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

declare const createImageBitmap: (blob: unknown) => Promise<{ width: number; height: number }>;
declare const OffscreenCanvas: new (
  width: number,
  height: number,
) => {
  getContext(kind: "2d"): {
    drawImage(image: unknown, x: number, y: number): void;
    getImageData(...box: number[]): Pixels;
  };
};

/** Runs in a browser, which decodes pictures. Index of the example that fits best, or null. */
async function look({ picture, bounds, examples }: Sight): Promise<number | null> {
  const pixelsOf = async (url: string): Promise<Pixels> => {
    const image = await createImageBitmap(await (await fetch(url)).blob());
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  };
  const { width, height, data } = await pixelsOf(picture);
  const isWanted = (x: number, y: number): boolean =>
    bounds.every(([low, high], colour) => {
      const value = data[(y * width + x) * 4 + colour] ?? 0;
      return value >= low && value <= high;
    });
  // A single point may have any colour at an edge.
  const isInside = (x: number, y: number): boolean => isWanted(x, y) && (isWanted(x + 30, y) || isWanted(x, y + 30));
  let [left, top] = [width, height];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) if (isInside(x, y)) [left, top] = [Math.min(left, x), Math.min(top, y)];
  if (left === width) return null;
  const differenceAt = (example: Pixels, [across, down]: readonly [number, number]): number => {
    let sum = 0;
    for (let at = 0; at < example.width * example.height * 4; at += 1) {
      const [x, y] = [Math.floor(at / 4) % example.width, Math.floor(at / 4 / example.width)];
      const seen = data[((top + y + down) * width + left + x + across) * 4 + (at % 4)] ?? 0;
      sum += Math.abs(seen - (example.data[at] ?? 0));
    }
    return sum / (example.width * example.height);
  };
  const few = [-4, -3, -2, -1, 0, 1, 2];
  const shifts = few.flatMap((across) => few.map((down) => [across, down] as const));
  let best: { at: number; difference: number } | null = null;
  for (const [at, url] of examples.entries()) {
    const example = await pixelsOf(url);
    const difference = Math.min(...shifts.map((shift) => differenceAt(example, shift)));
    if (!best || difference < best.difference) best = { at, difference };
  }
  return best?.at ?? null;
}
