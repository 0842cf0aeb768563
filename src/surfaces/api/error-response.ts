import type { Socket } from "node:net";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { AppError, databaseLostBehind, diskFullBehind, type Logger } from "#kernel";
import { statusOf } from "./error-status.ts";
import { BodyTooLarge, InvalidRequest, UnreadableAddress, UnreadableBody, UnsupportedMediaType } from "./errors.ts";

const MAX_ISSUES = 20;

/** The only place where a failure becomes HTTP. An error we did not raise on purpose says nothing to the client. */
export function registerErrorResponse(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler(async (error, request, reply) => {
    const known = asAppError(error);
    if (known && known.kind !== "internal") return send(reply, known);
    logger.error("api.failed", { requestId: request.id, route: request.routeOptions.url, err: error });
    return reply.status(500).send(internalError(request));
  });
}

/** Answers a request whose address could not even be looked up. */
export function answerUnreadableAddress(_error: unknown, _request: unknown, reply: FastifyReply): void {
  void send(reply, new UnreadableAddress());
}

/** Answers what is no HTTP at all, then hangs up: there is no request to reply to. */
export function answerNoHttp(_error: unknown, socket: Socket): void {
  if (!socket.writable) return void socket.destroy();
  const { code, message, details } = new UnreadableAddress();
  const body = JSON.stringify({ error: { code, message, details } });
  const head = [
    "HTTP/1.1 400 Bad Request",
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

function send(reply: FastifyReply, error: AppError) {
  const { kind, code, message, details } = error;
  if (kind === "unauthenticated") reply.header("www-authenticate", "Bearer");
  const { retryAfterSeconds } = details;
  if (typeof retryAfterSeconds === "number") reply.header("retry-after", retryAfterSeconds);
  return reply.status(statusOf(error)).type("application/json").send({ error: { code, message, details } });
}

function internalError({ id }: FastifyRequest) {
  const message =
    "Something went wrong here, not with your request. The operator finds it in the log under this requestId.";
  return { error: { code: "internal", message, details: { requestId: id } } };
}

function asAppError(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.slice(0, MAX_ISSUES).map(({ instancePath, message = "is wrong" }) => ({
      where: `${error.validationContext ?? "request"}${instancePath}`.slice(0, 200),
      what: message.slice(0, 300),
    }));
    return new InvalidRequest(issues);
  }
  return diskFullBehind(error) ?? databaseLostBehind(error) ?? ofFastify(error);
}

/** What the server itself refuses: by its number, since its codes are many. */
function ofFastify(error: unknown): AppError | null {
  if (!(error instanceof Error) || !("statusCode" in error)) return null;
  switch (error.statusCode) {
    case 413:
      return new BodyTooLarge();
    case 415:
      return new UnsupportedMediaType();
    case 400:
      return new UnreadableBody();
    default:
      return null;
  }
}
