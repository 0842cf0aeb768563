import { Loader } from "@mantine/core";

/** While something is being read for the first time. */
export function Waiting({ what }: { what: string }) {
  return (
    <div className="waiting" role="status">
      <Loader size="sm" />
      <span>Reading {what} …</span>
    </div>
  );
}
