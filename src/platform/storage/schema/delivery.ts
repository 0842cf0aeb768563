import type { Generated } from "kysely";

export interface DeliveryTable {
  id: string;
  kind: "webhook" | "email";
  url: string;
  /** Scheme, host and port of the address: what backs off together. */
  destination: string;
  /** The exact text that is signed and sent. */
  body: string;
  /** Bearer and HMAC secret, sealed. */
  secrets: string | null;
  idempotency_key: string;
  state: Generated<"pending" | "delivered" | "dead">;
  attempts: Generated<number>;
  next_attempt_at: Date;
  /** A code, never the answer of the other side. */
  last_error: string | null;
  last_status: number | null;
  created_at: Date;
  delivered_at: Date | null;
  died_at: Date | null;
}

export interface DeliveryTables {
  delivery: DeliveryTable;
}
