import type { Page } from "playwright-core";

export const PERSON_KEYS = [
  "Enter",
  "Tab",
  "Backspace",
  "Delete",
  "Escape",
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "Home",
  "End",
  "PageUp",
  "PageDown",
  "Space",
] as const;

export const MODIFIERS = ["Shift", "Control", "Alt", "Meta"] as const;

/** What a person does in a tab that was taken over. Places are shares of the picture's width and height, 0 to 1. */
export type PersonInput =
  | {
      readonly type: "pointer";
      readonly action: "move" | "down" | "up";
      readonly x: number;
      readonly y: number;
      readonly button?: "left" | "middle" | "right" | undefined;
      /** 2 for a double click. */
      readonly clicks?: number | undefined;
    }
  | { readonly type: "scroll"; readonly x: number; readonly y: number; readonly dx: number; readonly dy: number }
  | {
      readonly type: "key";
      /** A named key, or one letter or digit with a modifier. */
      readonly key: string;
      readonly modifiers?: readonly (typeof MODIFIERS)[number][] | undefined;
    }
  | { readonly type: "text"; readonly text: string };

/** Does in a tab what a person did in its picture; goes through the browser's own input, so a page cannot tell the difference. */
export async function putIn(page: Page, input: PersonInput): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const at = ({ x, y }: { x: number; y: number }) => [within(x) * width, within(y) * height] as const;
  switch (input.type) {
    case "pointer": {
      await page.mouse.move(...at(input));
      const press = { button: input.button ?? "left", clickCount: input.clicks ?? 1 };
      if (input.action === "down") await page.mouse.down(press);
      if (input.action === "up") await page.mouse.up(press);
      return;
    }
    case "scroll":
      await page.mouse.move(...at(input));
      return page.mouse.wheel(input.dx, input.dy);
    case "key":
      return page.keyboard.press([...(input.modifiers ?? []), input.key].join("+"));
    case "text":
      return page.keyboard.type(input.text);
  }
}

function within(share: number): number {
  return Math.min(0.999, Math.max(0, share));
}
