import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, type KeyboardEvent } from "react";
import type { Opportunity } from "../api/resources.ts";
import { Icon } from "../elements/icon.tsx";
import { useNow } from "../elements/now.ts";
import { usePortalNames } from "../portals/portal-names.ts";
import { moveWithin, type Place } from "./grid-moves.ts";
import { counting } from "./counting-values.ts";
import { COLUMNS, fieldOf, type Around, type OpportunityColumn } from "./opportunity-column.tsx";
import type { OpportunitySort } from "./opportunity-search.ts";
import { useGridFocus } from "./grid-focus.ts";

const ROW_PX = 34;
const AHEAD_ROWS = 60;
const OVERSCAN = 12;
const TEMPLATE = COLUMNS.map(({ width }) => width).join(" ");

interface TableProps {
  rows: readonly Opportunity[];
  hasMore: boolean;
  onNearEnd: () => void;
  sort: OpportunitySort;
  onSort: (sort: OpportunitySort) => void;
  open: { id: string; field: string } | null;
  onOpen: (id: string, field: string) => void;
}

/** Thousands of rows of which only those in sight exist. One cell can be reached with Tab; arrows move on from there. */
export function OpportunityTable({ rows, hasMore, onNearEnd, sort, onSort, open, onOpen }: TableProps) {
  const around: Around = { now: useNow(), nameOfPortal: usePortalNames() };
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollPaddingStart: ROW_PX,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= rows.length - AHEAD_ROWS) onNearEnd();
  }, [hasMore, lastShown, rows.length, onNearEnd]);
  const { place, setPlace } = useGridFocus(scroller, (row) => virtual.scrollToIndex(row));
  const at: Place = { row: Math.min(place.row, Math.max(0, rows.length - 1)), column: place.column };

  const onKeyDown = (event: KeyboardEvent): void => {
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 2);
    const next = moveWithin(at, event.key, { rows: rows.length, columns: COLUMNS.length, pageRows });
    if (!next) return;
    event.preventDefault();
    setPlace(next, true);
  };

  return (
    <div
      className="grid"
      role="grid"
      aria-label="Opportunities"
      aria-rowcount={hasMore ? -1 : rows.length + 1}
      aria-colcount={COLUMNS.length}
      ref={scroller}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="grid-head">
        <div role="row" className="grid-row" aria-rowindex={1} style={{ gridTemplateColumns: TEMPLATE }}>
          {COLUMNS.map((column) => (
            <HeadCell key={column.name} column={column} sort={sort} onSort={onSort} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className="grid-body" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <div
              key={row.id}
              role="row"
              aria-rowindex={index + 2}
              className={row.id === open?.id ? "grid-row grid-row-open" : "grid-row"}
              style={{ gridTemplateColumns: TEMPLATE, transform: `translateY(${start}px)`, height: ROW_PX }}
            >
              {COLUMNS.map((column, number) => (
                <div role="gridcell" key={column.name} className="grid-cell" aria-colindex={number + 1}>
                  <button
                    type="button"
                    data-cell={`${index}:${number}`}
                    tabIndex={index === at.row && number === at.column ? 0 : -1}
                    aria-label={labelOf(column, counting(row), around)}
                    onClick={() => {
                      setPlace({ row: index, column: number }, false);
                      onOpen(row.id, fieldOf(column, row));
                    }}
                  >
                    {column.show(counting(row), around) ?? <span className="muted">–</span>}
                  </button>
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** An empty cell says so too. */
function labelOf({ name, show }: OpportunityColumn, row: Opportunity, around: Around): string | undefined {
  const shown = show(row, around);
  return shown === undefined || shown === null ? `${name}: not on the page` : undefined;
}

function HeadCell({
  column: { name, sort: ascending },
  sort,
  onSort,
}: {
  column: OpportunityColumn;
  sort: OpportunitySort;
  onSort: (sort: OpportunitySort) => void;
}) {
  if (ascending === undefined) {
    return (
      <div role="columnheader" className="grid-cell">
        <span>{name}</span>
      </div>
    );
  }
  const isAscending = sort === ascending;
  const isDescending = sort === `-${ascending}`;
  const turned = isAscending ? descending(ascending) : ascending;
  return (
    <div
      role="columnheader"
      className="grid-cell"
      aria-sort={isAscending ? "ascending" : isDescending ? "descending" : "none"}
    >
      <button type="button" onClick={() => onSort(turned)}>
        {name} {(isAscending || isDescending) && <Icon name={isAscending ? "up" : "down"} size={12} />}
      </button>
    </div>
  );
}

function descending(sort: OpportunitySort): OpportunitySort {
  switch (sort) {
    case "title":
      return "-title";
    case "closingDate":
      return "-closingDate";
    case "postedDate":
      return "-postedDate";
    case "firstSeen":
      return "-firstSeen";
    case "value":
      return "-value";
    case "changed":
      return "-changed";
    default:
      return "-lastSeen";
  }
}
