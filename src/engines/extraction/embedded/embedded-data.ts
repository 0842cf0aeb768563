/** Where embedded data stands in the page. */
export interface Place {
  /** Node path of the script or element. */
  readonly path: string;
  readonly attribute?: string;
}

interface Leaf<K extends string, V> {
  readonly kind: K;
  readonly value: V;
  readonly place: Place;
  /**
   * Range of the literal in the script's source text (a string without its quotes), in the attribute, or in the
   * element's visible text. Null when the value is all of it.
   */
  readonly range: readonly [number, number] | null;
}

/** A JSON value in which every scalar knows the place of its literal. Keys live in a Map: page keys name no prototypes. */
export type Located =
  | Leaf<"string", string>
  | Leaf<"number", number>
  | Leaf<"boolean", boolean>
  | Leaf<"null", null>
  | { readonly kind: "array"; readonly items: readonly Located[] }
  | { readonly kind: "object"; readonly entries: ReadonlyMap<string, Located> };

export type LocatedObject = Extract<Located, { kind: "object" }>;

/** One piece of data that a page carries beside its visible text. */
export interface EmbeddedData {
  readonly kind: "json-ld" | "microdata" | "rdfa" | "state" | "meta";
  /** Variable name, script id, or schema.org type where there is one. */
  readonly name: string | null;
  readonly value: Located;
}

/** An array of alike objects (or of alike rows), as lists are made of. */
export interface RecordArray {
  readonly source: EmbeddedData;
  /** Keys and positions from the root of the data: `["props", "pageProps", "items"]`. */
  readonly keys: readonly string[];
  readonly items: readonly Located[];
  /** Fields that most items have, in the order of the first item. Rows of arrays have "0", "1" … */
  readonly fields: readonly string[];
  /** 0 to 1: how much this looks like the list the page is about. */
  readonly score: number;
}
