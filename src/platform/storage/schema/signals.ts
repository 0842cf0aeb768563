import type { GeneratedAlways } from "kysely";

/** A payload too long for NOTIFY; the notification names the row. Swept after minutes. */
export interface SignalPayloadTable {
  id: GeneratedAlways<number>;
  payload: string;
  stored_at: Date;
}

export interface SignalTables {
  signal_payload: SignalPayloadTable;
}
