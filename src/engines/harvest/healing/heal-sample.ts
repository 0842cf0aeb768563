import { applyRecipe, pairRecords, type ExtractedRecord, type Recipe } from "#engines/extraction";
import { AppError } from "#kernel";
import { parseFetched } from "../records/read-page.ts";
import { knownGood, type KnownGoodDeps } from "./known-good.ts";

/** Values by the names of their fields. */
type Values = Readonly<Record<string, string>>;

/** A record as it was known and as it would be read now. One of the two is null where it stands on one side only. */
export interface HealedRecord {
  readonly before: Values | null;
  readonly after: Values | null;
}

const MOST_RECORDS = 12;
const MOST_CHARACTERS = 300;

/**
 * The same records before and after, so that a person can judge a healing by values: from the stored pages on which the
 * recipe was right, and from the stored bytes of the changed page. Records that pair come first.
 */
export async function healSample(
  deps: KnownGoodDeps,
  { recipeId, proposal, artifact }: { recipeId: string; proposal: Recipe | null; artifact: string | null },
): Promise<HealedRecord[]> {
  const known = (await knownGood(deps, recipeId)).flatMap(({ records }) => records);
  const now = proposal && artifact ? await readStored(deps, proposal, artifact) : [];
  const pairs = pairRecords(known, now);
  const paired = new Set(pairs.flatMap((pair) => [pair.known, pair.now]));
  const rest = (records: readonly ExtractedRecord[]) => records.filter((record) => !paired.has(record));
  return [
    ...pairs.map((pair) => ({ before: valuesOf(pair.known), after: valuesOf(pair.now) })),
    ...rest(now).map((record) => ({ before: null, after: valuesOf(record) })),
    ...rest(known).map((record) => ({ before: valuesOf(record), after: null })),
  ].slice(0, MOST_RECORDS);
}

/** Bytes that are gone or altered show nothing. */
async function readStored({ artifacts }: KnownGoodDeps, recipe: Recipe, artifact: string): Promise<ExtractedRecord[]> {
  try {
    const stored = await artifacts.get(artifact);
    if (!stored) return [];
    const url = recipe.source.url ?? recipe.entry.url ?? "";
    const page = parseFetched({ bytes: stored.bytes, url, mediaType: stored.ref.mediaType });
    return [...applyRecipe({ ...recipe, earlier: [] }, page, { pagination: false }).records];
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}

function valuesOf({ fields }: ExtractedRecord): Values {
  return Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value.slice(0, MOST_CHARACTERS)]));
}
