import type { AnyNode, Element } from "domhandler";
import type { Span } from "../outline/page-outline.ts";
import type { Shape } from "./shape.ts";

/** The nodes of one record: neighbours under one container. */
export interface RecordUnit {
  readonly nodes: readonly AnyNode[];
  readonly container: Element;
  readonly span: Span;
  /** The heading above its group, where the list has such headings. */
  readonly heading?: Span | null;
}

export type UnitKind = "element" | "line" | "group";

/** Repeated alike content: perhaps a list of records. */
export interface Candidate {
  readonly containers: readonly Element[];
  readonly kind: UnitKind;
  readonly units: readonly RecordUnit[];
  readonly shape: Shape;
  /** Shape of the first item of a group. */
  readonly starts: Shape | null;
  /** A group is what stands between two rules. */
  readonly isParted?: boolean;
  /** Words above it that tell it from lists that are built alike, where somebody meant this one. */
  readonly under?: readonly string[];
}
