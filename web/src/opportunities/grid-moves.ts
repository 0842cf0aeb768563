/** A cell of a grid; both count from zero. */
export interface Place {
  row: number;
  column: number;
}

interface Size {
  rows: number;
  columns: number;
  /** How many rows Page Up and Page Down pass. */
  pageRows: number;
}

/** Where a key leads to from a cell, after the grid pattern of the ARIA Authoring Practices; null for any other key. */
export function moveWithin({ row, column }: Place, key: string, { rows, columns, pageRows }: Size): Place | null {
  const bounded = (row: number, column: number): Place => ({
    row: Math.max(0, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  });
  switch (key) {
    case "ArrowDown":
      return bounded(row + 1, column);
    case "ArrowUp":
      return bounded(row - 1, column);
    case "ArrowRight":
      return bounded(row, column + 1);
    case "ArrowLeft":
      return bounded(row, column - 1);
    case "PageDown":
      return bounded(row + pageRows, column);
    case "PageUp":
      return bounded(row - pageRows, column);
    case "Home":
      return bounded(0, column);
    case "End":
      return bounded(rows - 1, column);
    default:
      return null;
  }
}
