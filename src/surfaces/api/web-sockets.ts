import websocket from "@fastify/websocket";
import type { FastifyInstance } from "fastify";

/** Largest message that a client may send; whoever sends more is hung up on. */
const MOST_BYTES = 16_384;

/** Lets routes speak WebSocket. An upgrade is a request like any other until its route answers it: signed in, counted, refused. */
export async function registerWebSockets(app: FastifyInstance): Promise<void> {
  await app.register(websocket, { options: { maxPayload: MOST_BYTES } });
}
