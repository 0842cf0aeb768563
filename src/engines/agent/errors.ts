import { AppError } from "#kernel";

/** Nobody can be asked, and the analyser alone did not find the list. */
export class NobodyToAsk extends AppError {
  constructor() {
    super({
      kind: "conflict",
      code: "no_model",
      message:
        "The built-in analyser is not sure of this portal, and no model is configured. Set LLM_PROVIDER and its key, or give the address of the list itself.",
    });
  }
}
