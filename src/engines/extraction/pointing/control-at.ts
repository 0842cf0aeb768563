import { closest } from "../page/elements.ts";
import { nodeAt } from "../page/node-path.ts";
import type { Page } from "../page/page.ts";
import { stepOf } from "../pagination/control-step.ts";
import { controlsOf, labelOf } from "../pagination/control.ts";
import { durableSelectors } from "../pagination/durable-selector.ts";
import type { PageStep, StepRole } from "../pagination/pagination.ts";

/** A control that somebody pointed at, so that it can be found and pressed again. */
export interface PointedControl {
  /** CSS selectors, the most durable first. */
  readonly selectors: readonly string[];
  readonly label: string;
  /** What pressing it does: an address, a form that is sent, or a click that only a script understands. */
  readonly step: PageStep;
}

/** The control at or around a node; null when nothing there can be pressed. */
export function controlAt(page: Page, path: string, role: StepRole): PointedControl | null {
  const node = nodeAt(page.root, path);
  if (!node) return null;
  const controls = new Map(controlsOf(page).map((control) => [control.node, control]));
  const pressed = closest(node, (element) => controls.has(element));
  const control = pressed ? controls.get(pressed) : undefined;
  const selectors = durableSelectors(pressed ?? node, page);
  const label = labelOf(pressed ?? node, page).slice(0, 300);
  const step = control ? stepOf(control, page, role, null) : null;
  const [selector] = selectors;
  if (!step && selector === undefined) return null;
  return { selectors, label, step: step ?? { kind: "click", selector: selector ?? "", role, label } };
}
