/** Which dialog is open over the list of portals, and whether only those in trouble are shown. */
export interface PortalListSearch {
  add?: true | "several";
  troubled?: true;
}

export function readPortalListSearch({ add, troubled }: Record<string, unknown>): PortalListSearch {
  return {
    ...(add === true || add === "several" ? { add } : {}),
    ...(troubled === true ? { troubled } : {}),
  };
}

/** Which part of a portal is shown; its overview where none is named. */
export interface PortalSearch {
  part?: "settings";
}

export function readPortalSearch({ part }: Record<string, unknown>): PortalSearch {
  return part === "settings" ? { part } : {};
}
