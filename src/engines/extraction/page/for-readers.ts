import type { Element } from "domhandler";

/** The classes by which authors and frameworks keep words from sight and leave them to screen readers. */
const FOR_READERS =
  /(?:^|[\s-])(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|element-invisible|a11y-hidden)(?=\s|$)/i;

/** Whether an element holds words for screen readers alone. */
export const isForReaders = ({ attribs }: Element): boolean => FOR_READERS.test(attribs["class"] ?? "");
