import type { ReactNode } from "react";

/** The head of a column: its name, and how it is written where that is not plainly. */
export type Head = string | { name: string; is: "number" | "only-spoken" };

interface TableProps {
  heads: readonly Head[];
  /** Where nothing within can be gone to by keyboard: what the frame is called, which then can. */
  name?: string;
  className?: string;
  /** Its rows. */
  children: ReactNode;
}

/** A table that scrolls sideways by itself where the window is too narrow. */
export function DataTable({ heads, name, className = "", children }: TableProps) {
  const reachable = name === undefined ? {} : { role: "group", "aria-label": name, tabIndex: 0 };
  return (
    <div className="table-frame" {...reachable}>
      <table className={`table ${className}`}>
        <thead>
          <tr>
            {heads.map((head) => (
              <HeadCell key={typeof head === "string" ? head : head.name} head={head} />
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function HeadCell({ head }: { head: Head }) {
  if (typeof head === "string") return <th scope="col">{head}</th>;
  if (head.is === "number") {
    return (
      <th scope="col" className="number">
        {head.name}
      </th>
    );
  }
  return (
    <th scope="col">
      <span className="only-spoken">{head.name}</span>
    </th>
  );
}
