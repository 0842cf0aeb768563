import type { Page } from "playwright-core";

/** A form to send as a browser would, from the page that is shown. */
export interface SentForm {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** Sends a form from the page, so that cookies, origin and referer are those of the page. Returns the answer's status. */
export async function sendForm(page: Page, form: SentForm, timeoutMs: number): Promise<number> {
  const arrived = page.waitForNavigation({ waitUntil: "domcontentloaded", timeout: timeoutMs });
  arrived.catch(() => undefined);
  await page.evaluate(submitInPage, { ...form, fields: form.fields.map(([name, value]) => ({ name, value })) });
  return (await arrived)?.status() ?? 200;
}

/** Runs in the page. A form of our own: the page's own one may have a handler that stops it. */
function submitInPage(form: { url: string; method: string; fields: { name: string; value: string }[] }): void {
  const page = Reflect.get(globalThis, "document");
  const element = page.createElement("form");
  element.action = form.url;
  element.method = form.method;
  for (const { name, value } of form.fields) {
    const input = page.createElement("textarea");
    input.name = name;
    input.value = value;
    element.append(input);
  }
  element.hidden = true;
  page.body.append(element);
  // A control named "submit" would hide the method of the same name.
  Reflect.apply(Reflect.get(Object.getPrototypeOf(element), "submit"), element, []);
}
