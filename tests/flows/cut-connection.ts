import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface CutConnection {
  readonly port: number;
  /** Breaks what is connected and takes nobody in until `restore`. */
  cut(): void;
  restore(): void;
  close(): Promise<void>;
}

/** Stands between a program and a server, and can fail as a network does. */
export async function startCutConnection(to: { host: string; port: number }): Promise<CutConnection> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  };
  const server = createServer((client) => {
    keep(client);
    if (isCut) return void client.destroy();
    const upstream = connect(to);
    keep(upstream);
    client.pipe(upstream).pipe(client);
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port }: AddressInfo = Object(server.address());
  const breakAll = (): void => sockets.forEach((socket) => socket.resetAndDestroy());
  return {
    port,
    cut: () => {
      isCut = true;
      breakAll();
    },
    restore: () => {
      isCut = false;
    },
    close: () => {
      breakAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
