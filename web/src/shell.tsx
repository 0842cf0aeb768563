import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ColorSchemeButton } from "./color-scheme-button.tsx";
import { ConnectionNote } from "./connection-note.tsx";
import { Icon, type IconName } from "./elements/icon.tsx";
import { KeyboardGuide } from "./keyboard-guide.tsx";
import { WaitingCount } from "./attention/waiting-count.tsx";
import { permits, useWho, type Role } from "./session/session-queries.ts";
import { UserMenu } from "./session/user-menu.tsx";
import { useShortcuts } from "./shortcuts.ts";

const SECTIONS = [
  { to: "/opportunities", icon: "opportunities", name: "Opportunities", key: "o" },
  { to: "/review", icon: "check", name: "Review", key: "r" },
  { to: "/portals", icon: "portals", name: "Portals", key: "p" },
  { to: "/jobs", icon: "jobs", name: "Jobs", key: "j" },
  { to: "/healing", icon: "change", name: "Changed pages", key: "c" },
  { to: "/subscriptions", icon: "bell", name: "Subscriptions", key: "s" },
  { to: "/statistics", icon: "overview", name: "Statistics", key: "t" },
  { to: "/attention", icon: "alert", name: "Needs a person", key: "n" },
  { to: "/people", icon: "people", name: "People", key: "u", role: "admin" },
  { to: "/keys", icon: "key", name: "API keys", key: "k", role: "admin" },
  { to: "/audit", icon: "audit", name: "Audit trail", key: "a", role: "admin" },
] as const satisfies readonly { to: string; icon: IconName; name: string; key: string; role?: Role }[];

/** What stands around every screen: where one can go, and the screen itself. */
export function Shell() {
  const navigate = useNavigate();
  const [isGuideOpen, setGuideOpen] = useState(false);
  const who = useWho();
  const sections = SECTIONS.filter((section) => permits(who, "role" in section ? section.role : "viewer"));
  useShortcuts({
    ...Object.fromEntries(sections.map(({ key, to }) => [`g ${key}`, () => void navigate({ to })])),
    "?": () => setGuideOpen(true),
  });
  return (
    <div className="shell">
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <nav className="shell-nav" aria-label="Sections">
        <Link to="/" className="brand">
          <img src="/favicon.svg" alt="" width={22} height={22} />
          <span>Gleaner</span>
        </Link>
        {sections.map(({ to, icon, name }) => (
          <Link
            key={to}
            to={to}
            title={name}
            className="nav-link"
            activeProps={{ className: "nav-link nav-link-here" }}
          >
            <Icon name={icon} />
            <span>{name}</span>
            {to === "/attention" && <WaitingCount />}
          </Link>
        ))}
        <div className="nav-foot">
          <UserMenu />
          <button type="button" className="nav-button" onClick={() => setGuideOpen(true)}>
            <Icon name="keyboard" />
            <span>Keyboard</span>
          </button>
          <ColorSchemeButton />
        </div>
      </nav>
      <main id="content" tabIndex={-1}>
        <ConnectionNote />
        <Outlet />
      </main>
      <KeyboardGuide isOpen={isGuideOpen} onClose={() => setGuideOpen(false)} />
    </div>
  );
}
