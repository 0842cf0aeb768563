import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

/** An address that a portal wrote. Only web addresses become links, and the other side learns nothing of us. */
export function ForeignLink({ href, children }: { href: string; children: ReactNode }) {
  const protocol = URL.parse(href)?.protocol;
  if (protocol !== "http:" && protocol !== "https:") return <span>{children}</span>;
  return (
    <a className="foreign-link" href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children} <Icon name="external" size={12} />
    </a>
  );
}
