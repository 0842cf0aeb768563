import type { EntryStep } from "../entry-step.ts";
import { nodeAt } from "../page/node-path.ts";
import type { Page } from "../page/page.ts";
import { durableSelectors } from "../pagination/durable-selector.ts";
import type { FormControl } from "../forms/found-form.ts";
import type { FoundSearch } from "./find-search.ts";

/**
 * How a found search is asked at every run. Over HTTP the form is sent; in a browser its fields are filled as a person does,
 * and its button is pressed, because a script may be what sends it.
 */
export function searchSteps(search: FoundSearch, page: Page, transport: "http" | "browser"): EntryStep[] {
  return transport === "http" || !search.button ? [asForm(search)] : asPerson(search, search.button, page);
}

function asForm({ form, button, fields }: FoundSearch): EntryStep {
  const inputs = fields.map(({ input, control }): [string, string] => [control.name, input.name]);
  const label = (button?.label ?? "").slice(0, 300);
  return { by: "form", role: "open", url: form.action, fields: [], inputs, label };
}

function asPerson({ fields }: FoundSearch, button: FormControl, page: Page): EntryStep[] {
  const filled = fields.map(({ input, control }): EntryStep => {
    const by = input.type === "select" || control.type === "select" ? "select" : "fill";
    return { by, role: "open", selector: selectorOf(control, page), input: input.name, label: cut(control.label) };
  });
  return [...filled, { by: "click", role: "open", selector: selectorOf(button, page), label: cut(button.label) }];
}

function selectorOf({ path }: FormControl, page: Page): string {
  const node = nodeAt(page.root, path);
  return (node && durableSelectors(node, page)[0]) ?? "";
}

const cut = (label: string): string => label.slice(0, 300);
