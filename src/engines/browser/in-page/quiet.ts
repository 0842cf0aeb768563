import type { DomDocument, DomElement } from "./dom.ts";

declare const document: DomDocument;
declare const window: { addEventListener(type: string, listener: () => void, options: { once: boolean }): void };
declare const MutationObserver: new (onChange: () => void) => {
  observe(target: DomElement, options: Record<string, boolean>): void;
  disconnect(): void;
};

export interface QuietOptions {
  /** No change of the document for so long. */
  quietMs: number;
  /** Not longer than this, quiet or not. */
  maxMs: number;
}

/** Runs in the page: whether nothing in it can change by itself, because nothing in it runs. */
export function isStatic(): boolean {
  const runs =
    "script:not([type]),script[type=''],script[type*='javascript'],script[type=module],iframe,frame,[onload],meta[http-equiv=refresh i]";
  return document.readyState !== "loading" && document.querySelector(runs) === null;
}

/** Runs in the page: whether it shows so little that its content is probably still on the way. */
export function looksUnfinished(): boolean {
  const body = document.body;
  if (!body) return true;
  const busy = body.querySelectorAll(
    "[aria-busy=true],[class*=skeleton i],[class*=spinner i],[class*=loading i]:not(img):not(iframe)",
  );
  // What a page keeps ready for later but does not show says nothing about now.
  for (const element of busy) {
    const { width, height } = element.getBoundingClientRect();
    if (width > 0 && height > 0) return true;
  }
  return (body.innerText ?? "").trim().length < 60 && body.querySelector("form,frameset,iframe,img,video") === null;
}

/** Runs in the page: waits until it has loaded and then did not change for a while. */
export function untilQuiet({ quietMs, maxMs }: QuietOptions): Promise<void> {
  return new Promise((resolve) => {
    let timer = setTimeout(() => undefined, 0);
    const observer = new MutationObserver(() => restart());
    const limit = setTimeout(() => finish(), maxMs);
    const finish = (): void => {
      clearTimeout(timer);
      clearTimeout(limit);
      observer.disconnect();
      resolve();
    };
    const restart = (): void => {
      clearTimeout(timer);
      timer = setTimeout(finish, quietMs);
    };
    const begin = (): void => {
      observer.observe(document, { childList: true, subtree: true, characterData: true });
      restart();
    };
    if (document.readyState === "complete") begin();
    else window.addEventListener("load", begin, { once: true });
  });
}

/** Runs in the page: a number that changes with its content. Cheap enough to ask several times a second. */
export function contentMark(): string {
  const seen = { elements: 0, text: 0, links: 0 };
  const visit = (root: DomElement): void => {
    const all = root.querySelectorAll("*");
    seen.elements += all.length;
    seen.links += root.querySelectorAll("a[href]").length;
    for (const element of all) if (element.shadowRoot) visit(element.shadowRoot);
  };
  visit(document);
  const text = document.body?.innerText ?? "";
  for (let at = 0; at < text.length; at += 1) seen.text = (seen.text * 31 + text.charCodeAt(at)) | 0;
  for (const field of document.querySelectorAll("input,select,textarea")) {
    seen.text = (seen.text * 31 + (field.checked ? 7 : 1) + (field.value?.length ?? 0)) | 0;
  }
  return `${seen.elements}:${seen.links}:${text.length}:${seen.text}`;
}
