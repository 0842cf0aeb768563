import { SecretAltered, SecretKeyLost } from "../errors.ts";
import type { SecretSeal } from "./secret-seal.ts";

/** A sealed text where it is stored. */
export interface StoredSecret {
  readonly sealed: string;
  /** What the seal binds it to. */
  readonly place: string;
  /** Puts another text there, unless somebody else has changed it meanwhile. */
  readonly replace: (renewed: string) => Promise<unknown>;
}

/** `lost` are those whose key is gone, or that were altered: they stay as they are, and keep no other from its turn. */
export interface Resealed {
  readonly changed: number;
  readonly lost: number;
}

/** Puts stored secrets under the newest key, one after the other. */
export async function resealTexts(
  seal: Pick<SecretSeal, "reseal">,
  secrets: AsyncIterable<StoredSecret> | Iterable<StoredSecret>,
): Promise<Resealed> {
  let [changed, lost] = [0, 0];
  for await (const { sealed, place, replace } of secrets) {
    try {
      const renewed = seal.reseal(sealed, place);
      if (renewed === null) continue;
      await replace(renewed);
      changed += 1;
    } catch (error) {
      if (!isUnopenable(error)) throw error;
      lost += 1;
    }
  }
  return { changed, lost };
}

/** Nobody can open it any more: its key is gone, or it is not what was sealed there. */
export function isUnopenable(error: unknown): error is SecretKeyLost | SecretAltered {
  return error instanceof SecretKeyLost || error instanceof SecretAltered;
}
