import { AppError } from "#kernel";

export class KeyNotFound extends AppError {
  constructor(id: string) {
    super({
      kind: "not-found",
      code: "key_not_found",
      message: `There is no API key ${id}. List the keys to see their ids.`,
      details: { id },
    });
  }
}

export class AttentionNotFound extends AppError {
  constructor(id: string) {
    super({
      kind: "not-found",
      code: "attention_not_found",
      message: `There is no item ${id} in the queue for people. List the open ones to see their ids.`,
      details: { id },
    });
  }
}

export class AttentionTaken extends AppError {
  constructor(id: string, claimedBy: string) {
    super({
      kind: "conflict",
      code: "attention_taken",
      message: `${claimedBy} is already at work on ${id}. Talk to them, or take it over on purpose.`,
      details: { id, claimedBy },
    });
  }
}

export class AttentionResolved extends AppError {
  constructor(id: string) {
    super({
      kind: "conflict",
      code: "attention_resolved",
      message: `${id} has been resolved already; nothing is left to do.`,
      details: { id },
    });
  }
}
