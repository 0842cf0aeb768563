import { afterAll, describe, expect, test } from "vitest";
import { judgeVisit } from "../sites/judge-visit.ts";
import { openModelLab, type Prompt } from "../sites/model-lab.ts";
import { MODEL_PORTALS } from "../sites/portals/model-portals.ts";

const lab = await openModelLab(MODEL_PORTALS);
const asked: Prompt[] = [];
const LIMIT = 180_000;

afterAll(() => lab.close());

describe("with a model that answers from the outline alone", () => {
  test.each(MODEL_PORTALS)(
    "$kind: $name comes home as it is, and the second run asks nobody",
    { timeout: LIMIT },
    async (portal) => {
      const first = await lab.visit(portal);
      const second = await lab.visit(portal);

      asked.push(...first.prompts);
      expect(judgeVisit(portal, first.visit).faults).toEqual([]);
      expect(first.prompts.length).toBeGreaterThan(0);
      expect(first.questions).toBe(first.prompts.length);
      expect(first.tokens).toBeLessThanOrEqual(8_000);
      expect(judgeVisit(portal, second.visit).faults).toEqual([]);
      expect({ prompts: second.prompts, questions: second.questions, tokens: second.tokens }).toEqual({
        prompts: [],
        questions: 0,
        tokens: 0,
      });
    },
  );

  test("a picture is sent only where words do not tell, and is counted apart", () => {
    const pictured = asked.filter(({ images }) => images > 0);
    expect(pictured).toHaveLength(1);
    expect(pictured[0]?.images).toBeLessThanOrEqual(2_000);
  });

  test("the prompt of a page stays short", () => {
    const texts = asked.map(({ text }) => text).sort((a, b) => a - b);

    expect(texts.length).toBeGreaterThanOrEqual(MODEL_PORTALS.length);
    expect(texts[Math.floor(texts.length / 2)]).toBeLessThanOrEqual(4_000);
    expect(texts.at(-1)).toBeLessThanOrEqual(8_000);
  });
});
