import { AppError } from "#kernel";

export class RecipeNotFound extends AppError {
  constructor(recipeId: string, version?: number) {
    const which = version === undefined ? recipeId : `${recipeId}, version ${version},`;
    super({
      kind: "not-found",
      code: "recipe_not_found",
      message: `There is no recipe ${which} here. List the recipes, or learn the page again.`,
      details: { recipeId, ...(version === undefined ? {} : { version }) },
    });
  }
}

export class HealNotFound extends AppError {
  constructor(id: number) {
    super({
      kind: "not-found",
      code: "heal_not_found",
      message: `There is no healing ${id} in the ledger. List the healings to see which there are.`,
      details: { id },
    });
  }
}

export class HealDecided extends AppError {
  constructor(id: number, by: string) {
    super({
      kind: "conflict",
      code: "heal_decided",
      message: `Healing ${id} was decided already, by ${by}. Load it again to see what was decided.`,
      details: { id, by },
    });
  }
}

export class HealOutdated extends AppError {
  constructor(id: number) {
    super({
      kind: "conflict",
      code: "heal_outdated",
      message: `Healing ${id} has nothing left to decide: the recipe has changed since, or nothing was proposed. Run the portal again, or correct the recipe by hand.`,
      details: { id },
    });
  }
}

export class RunNotFound extends AppError {
  constructor(run: string) {
    super({
      kind: "not-found",
      code: "run_not_found",
      message: `There is no harvest run ${run} here. Check the id, and that this is the database it ran on.`,
      details: { run },
    });
  }
}

/** Only a run that was cut off by a crash can go on. */
export class RunFinished extends AppError {
  constructor(run: string) {
    super({
      kind: "conflict",
      code: "run_finished",
      message: `Run ${run} has ended; there is nothing to resume. Start a new harvest with its recipe.`,
      details: { run },
    });
  }
}

/** Two processes went on with one run. The later one gives way. */
export class RunTakenOver extends AppError {
  constructor(run: string) {
    super({
      kind: "conflict",
      code: "run_taken_over",
      message: `Another process goes on with run ${run}. Wait for it to end, or start a new harvest.`,
      details: { run },
    });
  }
}

export class NoEvidenceStored extends AppError {
  constructor(run: string) {
    super({
      kind: "conflict",
      code: "no_evidence_stored",
      message: `Run ${run} was told to store no evidence, so there is nothing to verify. Harvest again with evidence on.`,
      details: { run },
    });
  }
}

export class BadHarvestRequest extends AppError {
  constructor(problem: string) {
    super({ kind: "invalid", code: "bad_harvest_request", message: problem });
  }
}

/** An input that the recipe's search form has no field for. */
export class UnknownInput extends AppError {
  constructor(names: readonly string[], known: readonly string[]) {
    const has = known.length === 0 ? "it asks no search form" : `it has ${known.join(", ")}`;
    super({
      kind: "invalid",
      code: "unknown_input",
      message: `The recipe has no input called ${names.join(", ")}: ${has}. Use these names, or learn the page again with the inputs.`,
      details: { names: [...names], known: [...known] },
    });
  }
}

export class BadInput extends AppError {
  constructor(name: string, value: string) {
    super({
      kind: "invalid",
      code: "bad_input",
      message: `"${value}" is no date for the input ${name}. Write 2026-03-01, today, or today-30d (d days, w weeks, m months, y years).`,
      details: { name, value },
    });
  }
}

/** No form of the page has a field for each input. */
export class SearchNotFound extends AppError {
  constructor(missing: readonly string[], offered: readonly string[]) {
    const has = offered.length === 0 ? "The page has no search form." : `The form has: ${offered.join(", ")}.`;
    super({
      kind: "invalid",
      code: "search_not_found",
      message:
        `No field was found for the input ${missing.join(", ")}. ${has} Name inputs as the form does, and give the address of the page with the form.`.slice(
          0,
          1_000,
        ),
      logged: `No field was found for the input ${missing.join(", ")}.`,
      details: { missing: [...missing] },
    });
  }
}

/** The portal did not carry the search out, and said why. */
export class SearchRefused extends AppError {
  constructor(asked: string, words: string) {
    super({
      kind: "invalid",
      code: "search_refused",
      message: searchRefused(asked, words),
      logged: `The portal refused the search (${asked}).`,
      details: { asked },
    });
  }
}

export function searchRefused(asked: string, words: string): string {
  return `The portal refused the search (${asked}). It says: "${words}" Change the inputs.`;
}

/** A step that only a script understands met a plain HTTP client. */
export class NeedsBrowser extends AppError {
  constructor(what: string) {
    super({
      kind: "unavailable",
      code: "needs_browser",
      message: `${what} works only in a browser. Harvest with transport "browser" (--browser).`,
    });
  }
}

/** The server answered, but with something that is no page. */
export class NotHtml extends AppError {
  constructor(url: string, mediaType: string) {
    super({
      kind: "invalid",
      code: "not_html",
      message: `The answer is ${mediaType || "of no known type"}, not HTML. Give the address of a list page.`,
      details: { url, mediaType },
    });
  }
}

/** The record or field whose picture is asked for is not in the run. */
/** The stored page, or the node in it, is not there any more. */
export class EvidenceGone extends AppError {
  constructor(artifact: string | null) {
    super({
      kind: "not-found",
      code: "evidence_gone",
      message:
        "The stored page that this value points at is not there, or has no such place. Harvest the source again for new evidence.",
      details: { artifact },
    });
  }
}

export class EvidenceNotFound extends AppError {
  constructor(record: string, field: string) {
    super({
      kind: "not-found",
      code: "evidence_not_found",
      message: `There is no evidence for field "${field}" of record ${record}. Look the record up for the fields it has.`,
      details: { record, field },
    });
  }
}
