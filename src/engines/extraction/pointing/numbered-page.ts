/** What a number of the outline stands for. */
export interface NumberedNode {
  readonly id: number;
  /** Path of the element in the page that was outlined. */
  readonly path: string;
  readonly kind: "record" | "text" | "link" | "button" | "field" | "select";
  /** What a person reads there, cut. */
  readonly label: string;
  /** Of a field: its type, such as `text`, `date` or `password`. */
  readonly type?: string;
  /** Choices of a select in order, for pointing at one by its position from 1. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}

/**
 * A page in a few thousand characters: what can be read, pressed or filled, in reading order, each with a number that
 * leads back to its element. Of alike records the first few are shown and the rest counted.
 */
export interface NumberedPage {
  readonly text: string;
  readonly nodes: ReadonlyMap<number, NumberedNode>;
  /** Whether something was left out for want of room, beyond counted records. */
  readonly isCut: boolean;
}

export interface NumberOptions {
  /** Default 9,000, about 3,000 tokens. */
  readonly maxCharacters?: number;
  /** Paths of elements that are not drawn, so that nobody is pointed at what nobody sees. */
  readonly hidden?: ReadonlySet<string>;
}
