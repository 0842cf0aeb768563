import { AppError } from "#kernel";

export class BadDeliveryUrl extends AppError {
  constructor() {
    super({
      kind: "invalid",
      code: "bad_delivery_url",
      message:
        "A callback needs an http or https address without user and password in it. Put credentials into the bearer or HMAC secret.",
    });
  }
}

export class BadEmail extends AppError {
  constructor(what: string) {
    super({
      kind: "invalid",
      code: "bad_email",
      message: `An e-mail cannot be sent so: ${what}. Name one plain address such as team@example.org.`,
    });
  }
}

export class DeliveryNotFound extends AppError {
  constructor(id: string) {
    super({
      kind: "not-found",
      code: "delivery_not_found",
      message: `There is no delivery ${id}. List the dead letters to see their ids.`,
      details: { id },
    });
  }
}

export class DeliveryNotDead extends AppError {
  constructor(id: string, state: string) {
    super({
      kind: "conflict",
      code: "delivery_not_dead",
      message: `Delivery ${id} is ${state}; only a dead one is sent again.`,
      details: { id, state },
    });
  }
}
