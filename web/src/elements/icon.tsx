const PATHS = {
  overview: "M4 20V10m6 10V4m6 16v-7m4 7H2",
  opportunities: "M4 5h16M4 10h16M4 15h10M4 20h7m9-3-3.5 3.5L15 19",
  portals: "M3 12h18M12 3a14 14 0 0 1 0 18 14 14 0 0 1 0-18Zm0 0a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z",
  jobs: "M12 7v5l3 2M21 12a9 9 0 1 1-9-9 9 9 0 0 1 9 9Z",
  change: "M4 8h13l-3.5-3.5M20 16H7l3.5 3.5",
  bell: "M6 16V10.5a6 6 0 0 1 12 0V16l2 2H4Zm4 5h4",
  people: "M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7 10a7 7 0 0 1 14 0M16 3.5a4 4 0 0 1 0 7.5m2 4a7 7 0 0 1 4 6",
  key: "M15.5 3.5a5 5 0 1 1-4.6 7L4 17.4V20.5h3.1V18h2.5v-2.5l2.2-2.2M16.5 7.5h.01",
  audit: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm0-13v2m0 14v2M3 12h2m14 0h2M5.6 5.6 7 7m10 10 1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4",
  moon: "M20 14a8 8 0 1 1-10-10 6.5 6.5 0 0 0 10 10Z",
  close: "m6 6 12 12M18 6 6 18",
  search: "m20 20-4.5-4.5M17 10.5a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0Z",
  check: "m5 12.5 4.5 4.5L19 7.5",
  alert: "M12 8v5m0 3.5v.01M10.3 4 2.6 17.5A2 2 0 0 0 4.3 20.5h15.4a2 2 0 0 0 1.7-3L13.7 4a2 2 0 0 0-3.4 0Z",
  unknown: "M9.2 9a3 3 0 1 1 4.2 2.8c-.9.5-1.4 1-1.4 2.2m0 3v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
  up: "m6 14 6-6 6 6",
  down: "m6 10 6 6 6-6",
  right: "m10 6 6 6-6 6",
  left: "m14 6-6 6 6 6",
  plus: "M12 5v14M5 12h14",
  play: "M7 4.5v15l12-7.5Z",
  pause: "M8 5v14m8-14v14",
  stop: "M6 6h12v12H6Z",
  external: "M14 4h6v6m0-6-9 9M18 14v6H4V6h6",
  star: "m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1.1 5.9-5.3-2.9-5.3 2.9 1.1-5.9L3.5 9.7l5.9-.8Z",
  trash: "M4 7h16M9 7V4h6v3m-8.5 0 .8 13h9.4l.8-13",
  download: "M12 4v11m-4.5-4.5L12 15l4.5-4.5M4 20h16",
  keyboard: "M3 6h18v12H3ZM7 10h.01M11 10h.01M15 10h.01M8 14h8",
  leave: "M15 4h4v16h-4M4 12h11m-4-4.5L15.5 12 11 16.5",
} as const;

export type IconName = keyof typeof PATHS;

/** A line drawing beside words, or in a button that has a name of its own: never the only thing that says something. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
