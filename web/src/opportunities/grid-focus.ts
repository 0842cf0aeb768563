import { useEffect, useRef, useState, type RefObject } from "react";
import type { Place } from "./grid-moves.ts";

/** Which cell has the keyboard. A row that is not in sight is scrolled to first; its cell takes the focus once it is there. */
export function useGridFocus(grid: RefObject<HTMLElement | null>, show: (row: number) => void) {
  const [place, setPlace] = useState<Place>({ row: 0, column: 0 });
  const isWanted = useRef(false);
  useEffect(() => {
    if (!isWanted.current) return;
    const cell = grid.current?.querySelector<HTMLElement>(`[data-cell="${place.row}:${place.column}"]`);
    if (!cell) return;
    isWanted.current = false;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  return {
    place,
    setPlace: (next: Place, withFocus: boolean) => {
      isWanted.current = withFocus;
      if (withFocus) show(next.row);
      setPlace(next);
    },
  };
}
