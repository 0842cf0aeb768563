import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ColorSchemeButton } from "./color-scheme-button.tsx";
import { Icon, type IconName } from "./elements/icon.tsx";
import { KeyboardGuide } from "./keyboard-guide.tsx";
import { useShortcuts } from "./shortcuts.ts";

const SECTIONS = [
  { to: "/opportunities", icon: "opportunities", name: "Opportunities", key: "o" },
  { to: "/review", icon: "check", name: "Review", key: "r" },
  { to: "/portals", icon: "portals", name: "Portals", key: "p" },
  { to: "/jobs", icon: "jobs", name: "Jobs", key: "j" },
  { to: "/healing", icon: "change", name: "Changed pages", key: "c" },
] as const satisfies readonly { to: string; icon: IconName; name: string; key: string }[];

/** What stands around every screen: where one can go, and the screen itself. */
export function Shell() {
  const navigate = useNavigate();
  const [isGuideOpen, setGuideOpen] = useState(false);
  useShortcuts({
    ...Object.fromEntries(SECTIONS.map(({ key, to }) => [`g ${key}`, () => void navigate({ to })])),
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
        {SECTIONS.map(({ to, icon, name }) => (
          <Link key={to} to={to} className="nav-link" activeProps={{ className: "nav-link nav-link-here" }}>
            <Icon name={icon} />
            <span>{name}</span>
          </Link>
        ))}
        <div className="nav-foot">
          <button type="button" className="nav-button" onClick={() => setGuideOpen(true)}>
            <Icon name="keyboard" />
            <span>Keyboard</span>
          </button>
          <ColorSchemeButton />
        </div>
      </nav>
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <KeyboardGuide isOpen={isGuideOpen} onClose={() => setGuideOpen(false)} />
    </div>
  );
}
