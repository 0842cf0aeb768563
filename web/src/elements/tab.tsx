import { createLink, type LinkComponent } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, Ref } from "react";

interface TabProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  /** Whether this part is shown: several tabs lead to one screen, and only the screen knows. */
  isHere: boolean;
  ref?: Ref<HTMLAnchorElement>;
}

function TabAnchor({ isHere, ...props }: TabProps) {
  return <a {...props} className="tab" aria-current={isHere ? "page" : undefined} />;
}

const Created = createLink(TabAnchor);

/** A link to one part of a screen. */
export const Tab: LinkComponent<typeof TabAnchor> = (props) => <Created {...props} />;
