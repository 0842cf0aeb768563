import { AppError } from "#kernel";

export class JobPaused extends AppError {
  constructor(id: string) {
    super({
      kind: "conflict",
      code: "job_paused",
      message: "This job is paused; resume it first.",
      details: { jobId: id },
    });
  }
}

export class JobNotPaused extends AppError {
  constructor(id: string, status: string) {
    super({
      kind: "conflict",
      code: "job_not_paused",
      message: `This job is ${status}; only one that is paused can be resumed.`,
      details: { jobId: id, status },
    });
  }
}

export class JobAtWall extends AppError {
  constructor(id: string) {
    super({
      kind: "conflict",
      code: "job_at_wall",
      message: "This job stands at a wall and waits for a person: let it go on or give it up there, or cancel it.",
      details: { jobId: id },
    });
  }
}
