import { createServer, type AddressInfo } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import pg from "pg";
import { expect, test } from "vitest";
import { PostgresListener } from "./postgres-listener.ts";

/** A port where nobody listens. */
async function deadPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address: AddressInfo | string | null = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

test("a connection that never stood is not tried again behind its caller's back", async () => {
  const port = await deadPort();
  let opened = 0;
  const listener = new PostgresListener(() => {
    opened += 1;
    return new pg.Client({ host: "127.0.0.1", port, user: "nobody", password: "none", connectionTimeoutMillis: 2_000 });
  });

  await expect(listener.listen("jobs", { onPayload: () => undefined, onReconnect: undefined })).rejects.toThrow();
  for (let turns = 0; turns < 50; turns += 1) await turn();

  expect(opened).toBe(1);
  await listener.close();
});
