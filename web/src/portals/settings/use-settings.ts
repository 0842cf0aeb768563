import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiFailure } from "../../api/api-failure.ts";
import { problemsIn, type FieldProblems } from "../../api/field-problems.ts";
import type { Portal } from "../../api/resources.ts";
import { useChangePortal } from "../portal-actions.ts";
import { onePortal } from "../portal-queries.ts";
import { PLACES } from "./draft-fields.tsx";
import { changeOf, disputed, draftOf, rebased, type PortalDraft } from "./portal-draft.ts";

/** Which field a refusal with a code of its own is about. */
const OWNERS = {
  bad_portal_url: PLACES.url,
  bad_schedule: PLACES.schedule,
  not_supported_yet: PLACES.instructions,
  robots_reason_missing: PLACES.robotsReason,
};

/** What somebody writes, and the portal as it was when they began. */
interface Edit {
  from: Portal;
  draft: PortalDraft;
  disputes: FieldProblems;
}

/** The settings as they are, until somebody writes; then what they write, told apart from what others save meanwhile. */
export function useSettings(portal: Portal) {
  const queries = useQueryClient();
  const change = useChangePortal(portal.id);
  const [edit, setEdit] = useState<Edit | null>(null);
  const { from, draft, disputes } = unsavedIn(edit) ?? beginning(portal);
  const isTold = isConflict(change.error);
  const refusals = problemsIn(change.error, OWNERS);
  return {
    draft,
    problems: refusals.size > 0 ? refusals : disputes,
    error: isTold ? null : change.error,
    isPending: change.isPending,
    isSaved: change.isSuccess,
    isChanged: unsavedIn(edit) !== null,
    /** Somebody else has saved since this was opened. */
    isBehind: portal.settingsVersion !== from.settingsVersion,
    write: (said: Partial<PortalDraft>) =>
      setEdit((old) => {
        const before = unsavedIn(old) ?? beginning(portal);
        return { ...before, draft: { ...before.draft, ...said } };
      }),
    save: () =>
      change.mutate(
        { ...changeOf(draft), settingsVersion: from.settingsVersion },
        {
          onSuccess: () => setEdit(null),
          onError: (error) =>
            isConflict(error) ? queries.invalidateQueries({ queryKey: onePortal(portal.id).queryKey }) : undefined,
        },
      ),
    undo: () => {
      setEdit(null);
      change.reset();
    },
    /** Takes over what others saved, and keeps what was written here. */
    catchUp: () => {
      const sides = { from: draftOf(from), onto: draftOf(portal) };
      setEdit({ from: portal, draft: rebased(draft, sides), disputes: problemsOf(disputed(draft, sides)) });
      change.reset();
    },
  };
}

function beginning(portal: Portal): Edit {
  return { from: portal, draft: draftOf(portal), disputes: new Map() };
}

/** Nothing, where what was written says the same as what was there. */
function unsavedIn(edit: Edit | null): Edit | null {
  return edit && JSON.stringify(edit.draft) !== JSON.stringify(draftOf(edit.from)) ? edit : null;
}

function isConflict(error: unknown): boolean {
  return error instanceof ApiFailure && error.code === "portal_changed";
}

function problemsOf(disputes: readonly [name: string, theirs: unknown][]): FieldProblems {
  const places = new Map<string, string>(Object.entries(PLACES));
  return new Map(
    disputes.map(([name, theirs]) => [
      places.get(name) ?? name,
      `Somebody else ${theirs === "" ? "emptied this" : `wrote “${String(theirs)}” here`}. Saving keeps yours.`,
    ]),
  );
}
