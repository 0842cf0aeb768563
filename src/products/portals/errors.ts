import { AppError } from "#kernel";

export class PortalNotFound extends AppError {
  constructor(id: string) {
    super({
      kind: "not-found",
      code: "portal_not_found",
      message: "There is no such portal. List the known ones with GET /api/v1/portals.",
      details: { portalId: id },
    });
  }
}

export class PortalExists extends AppError {
  constructor(id: string) {
    super({
      kind: "conflict",
      code: "portal_exists",
      message: "A portal with this id exists already. Change it with PATCH, or choose another id.",
      details: { portalId: id },
    });
  }
}

/** Somebody said something else of the portal since it was read: a change that does not know of it would undo it. */
export class PortalChanged extends AppError {
  constructor(id: string) {
    super({
      kind: "conflict",
      code: "portal_changed",
      message:
        "Somebody changed these settings after you opened them, and nothing of yours was saved. Look at them again, then " +
        "change what still has to be changed. Programs read the portal again and send its new settingsVersion.",
      details: { portalId: id },
    });
  }
}

export class PortalInUse extends AppError {
  constructor(id: string) {
    super({
      kind: "conflict",
      code: "portal_in_use",
      message:
        "This portal has jobs or opportunities, which are kept as evidence. Only a portal without any can be deleted.",
      details: { portalId: id },
    });
  }
}

export class RobotsReasonMissing extends AppError {
  constructor() {
    super({
      kind: "invalid",
      code: "robots_reason_missing",
      message: 'Ignoring robots.txt needs a reason on record. Send robotsReason with robots: "ignore".',
    });
  }
}

/** Something that this installation cannot do. The API answers 422. */
export class NotSupportedYet extends AppError {
  constructor(fields: readonly string[]) {
    super({
      kind: "invalid",
      code: "not_supported_yet",
      message:
        `Not supported: ${fields.join(", ")}. ` +
        'customInstructions need a model (LLM_PROVIDER); of the ways to log in only authMethod "form" is known.',
      details: { fields },
    });
  }
}

/** A job needs a log-in that nobody gave, or that was given for another address. */
export class CredentialsMissing extends AppError {
  constructor(portalId: string) {
    super({
      kind: "invalid",
      code: "credentials_missing",
      message:
        "This portal asks for a log-in, and none is known for this address. Send authCredentials with the job, or set the " +
        "portal's log-in with PUT /api/v1/portals/{portalId}/login.",
      details: { portalId },
    });
  }
}

export class CredentialsIncomplete extends AppError {
  constructor() {
    super({
      kind: "invalid",
      code: "credentials_incomplete",
      message: "A log-in needs a user name and a password. Send both, or leave authCredentials out.",
    });
  }
}

export class LogInNotSet extends AppError {
  constructor(portalId: string) {
    super({
      kind: "not-found",
      code: "login_not_set",
      message: "This portal has no log-in. Set one with PUT /api/v1/portals/{portalId}/login.",
      details: { portalId },
    });
  }
}

/** The portal's address changed since its log-in was given; the password does not go along. */
export class LogInElsewhere extends AppError {
  constructor(portalId: string) {
    super({
      kind: "conflict",
      code: "login_elsewhere",
      message: "This log-in was given for another address than the portal has now. Give it again for the new address.",
      details: { portalId },
    });
  }
}

export class LogInUnsafeAddress extends AppError {
  constructor() {
    super({
      kind: "invalid",
      code: "bad_login_url",
      message: "The loginUrl cannot be used. Send an http or https address without user name and password.",
    });
  }
}

/** Says nothing of what was sent. */
export class BadOneTimeSecret extends AppError {
  constructor() {
    super({
      kind: "invalid",
      code: "bad_totp_secret",
      message:
        "The secret for one-time codes cannot be read. Send its Base32 text (letters A to Z and digits 2 to 7), or its " +
        "otpauth://totp address; codes that count instead of going by time are not known.",
    });
  }
}

export class JobNotFound extends AppError {
  constructor(id: string) {
    super({
      kind: "not-found",
      code: "job_not_found",
      message: "There is no such scrape job. Start one with POST /scrape, or list them with GET /api/v1/jobs.",
      details: { jobId: id },
    });
  }
}

export class JobIdTaken extends AppError {
  constructor(id: string) {
    super({
      kind: "conflict",
      code: "job_id_taken",
      message: "This jobId was used before with another request. Send a new jobId, or the same request again.",
      details: { jobId: id },
    });
  }
}

/** The final state is there; nothing may change it. */
export class JobFinished extends AppError {
  constructor(id: string, status: string) {
    super({
      kind: "conflict",
      code: "job_finished",
      message: `This job has already ended as ${status}. Start a new one under a new jobId.`,
      details: { jobId: id, status },
    });
  }
}

/** Another worker took the job over; what this one brings is late. */
export class JobTakenOver extends AppError {
  constructor(id: string) {
    super({
      kind: "conflict",
      code: "job_taken_over",
      message: "Another worker has taken this job over. Nothing needs to be done.",
      details: { jobId: id },
    });
  }
}

export class JobNotWaiting extends AppError {
  constructor(id: string, status: string) {
    super({
      kind: "conflict",
      code: "job_not_waiting",
      message: `This job is ${status}; only one that needs a person can be continued.`,
      details: { jobId: id, status },
    });
  }
}

/** The callback address cannot be used at all; the guard looks at where it leads when it is sent. */
export class BadCallbackUrl extends AppError {
  constructor(reason: string) {
    super({
      kind: "invalid",
      code: "bad_callback_url",
      message: `The callbackUrl cannot be used: ${reason}. Send an http or https address without user name and password.`,
    });
  }
}

export class BadPortalUrl extends AppError {
  constructor(reason: string) {
    super({
      kind: "invalid",
      code: "bad_portal_url",
      message: `The url cannot be scraped: ${reason}. Send an http or https address without user name and password.`,
    });
  }
}

export class OpportunityNotFound extends AppError {
  constructor(id: string) {
    super({
      kind: "not-found",
      code: "opportunity_not_found",
      message: "There is no such opportunity. List them with GET /api/v1/opportunities.",
      details: { opportunityId: id },
    });
  }
}

export class LinkNotFound extends AppError {
  constructor(id: string) {
    super({
      kind: "not-found",
      code: "link_not_found",
      message: "There is no such link. List those of an opportunity with GET /api/v1/opportunities/ID/links.",
      details: { linkId: id },
    });
  }
}

export class LinkDecided extends AppError {
  constructor(id: string, state: string) {
    super({
      kind: "conflict",
      code: "link_decided",
      message: `This link is ${state} already. Nothing needs to be done; the other decision is still possible.`,
      details: { linkId: id, state },
    });
  }
}

export class BadCorrection extends AppError {
  constructor(field: string, reason: string) {
    super({
      kind: "invalid",
      code: "bad_correction",
      message: `${field} cannot be corrected so: ${reason}.`,
      details: { field },
    });
  }
}

export class NotCorrected extends AppError {
  constructor(field: string) {
    super({
      kind: "not-found",
      code: "not_corrected",
      message: "Nobody has corrected this field, so there is nothing to take back. Read the opportunity again.",
      details: { field },
    });
  }
}

export class SavedViewNotFound extends AppError {
  constructor(name: string) {
    super({
      kind: "not-found",
      code: "saved_view_not_found",
      message: "There is no view of this name among yours. List them with GET /api/v1/views.",
      details: { name },
    });
  }
}

export class TooManySavedViews extends AppError {
  constructor(most: number) {
    super({
      kind: "conflict",
      code: "too_many_saved_views",
      message: `There are ${most} views already, which is the most. Remove one, or save under a name that exists.`,
      details: { most },
    });
  }
}

export class DocumentNotFound extends AppError {
  constructor(id: string) {
    super({
      kind: "not-found",
      code: "document_not_found",
      message:
        "There is no such document. List those of an opportunity with GET /api/v1/opportunities/{opportunityId}/documents.",
      details: { documentId: id },
    });
  }
}

export class SubscriptionNotFound extends AppError {
  constructor(id: string) {
    super({
      kind: "not-found",
      code: "subscription_not_found",
      message: "There is no such subscription. List them with GET /api/v1/subscriptions.",
      details: { subscriptionId: id },
    });
  }
}

export class BadSubscriptionUrl extends AppError {
  constructor(reason: string) {
    super({
      kind: "invalid",
      code: "bad_subscription_url",
      message: `Nothing can be sent to this address: ${reason}. Name an http or https address without user name and password.`,
    });
  }
}

export class EmailNotConfigured extends AppError {
  constructor() {
    super({
      kind: "invalid",
      code: "email_not_configured",
      message:
        "No mail server is configured. Set SMTP_HOST and SMTP_FROM and start again, or subscribe with a webhook.",
    });
  }
}

export class UnsubscribeLinkBroken extends AppError {
  constructor() {
    super({
      kind: "not-found",
      code: "unsubscribe_link_broken",
      message:
        "This link ends no subscription: it was cut off, or the subscription is gone. Nothing needs to be done if no mails come.",
    });
  }
}

export class BadCursor extends AppError {
  constructor() {
    super({
      kind: "invalid",
      code: "bad_cursor",
      message: "This cursor does not belong to this list. Leave it out to start at the first page.",
    });
  }
}

/** Somebody wants to drive where nothing can be driven. */
export class NothingToTakeOver extends AppError {
  constructor() {
    super({
      kind: "conflict",
      code: "nothing_to_take_over",
      message: "This job has no browser open now. Wait until the picture shows one, then take over.",
    });
  }
}

export class LiveTaken extends AppError {
  constructor(driver: string) {
    super({
      kind: "conflict",
      code: "live_taken",
      message: `${driver} has taken over this browser. Wait until it is given back, or ask for it.`,
      details: { driver },
    });
  }
}
