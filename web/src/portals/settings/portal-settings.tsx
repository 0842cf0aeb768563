import { Button } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { problemsIn } from "../../api/field-problems.ts";
import type { Portal } from "../../api/resources.ts";
import { FormFailure } from "../../elements/form-failure.tsx";
import { useMay } from "../../session/session-queries.ts";
import { useChangePortal } from "../portal-actions.ts";
import { DocumentPart } from "./document-part.tsx";
import { PLACES } from "./draft-fields.tsx";
import { IdentityPart } from "./identity-part.tsx";
import { ListPart } from "./list-part.tsx";
import { changeOf, draftOf, type PortalDraft } from "./portal-draft.ts";
import { SchedulePart } from "./schedule-part.tsx";
import { ValuePart } from "./value-part.tsx";

/** Which field a refusal with a code of its own is about. */
const OWNERS = {
  bad_portal_url: PLACES.url,
  bad_schedule: PLACES.schedule,
  not_supported_yet: PLACES.instructions,
  robots_reason_missing: PLACES.robotsReason,
};
const FIELDS = Object.values(PLACES);

/** Every setting of a portal, saved together. Who may not change them reads them. */
export function PortalSettings({ portal }: { portal: Portal }) {
  const change = useChangePortal(portal.id);
  const mayChange = useMay("operator");
  const [known, setKnown] = useState(() => draftOf(portal));
  const [draft, setDraft] = useState(known);
  const problems = problemsIn(change.error, OWNERS);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(known);
  const part = {
    draft,
    problems,
    onChange: (said: Partial<PortalDraft>) => setDraft((old) => ({ ...old, ...said })),
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const onSuccess = (saved: Portal): void => {
      setKnown(draftOf(saved));
      setDraft(draftOf(saved));
    };
    change.mutate(changeOf(draft), { onSuccess });
  };
  return (
    <form aria-label="Settings" onSubmit={submit}>
      <fieldset className="plain-fieldset settings-grid" disabled={!mayChange}>
        <div className="column">
          <IdentityPart {...part} />
          <SchedulePart {...part} />
          <ValuePart {...part} />
        </div>
        <div className="column">
          <ListPart {...part} />
          <DocumentPart {...part} />
        </div>
      </fieldset>
      {mayChange && (
        <div className="save-bar">
          <FormFailure error={change.error} problems={problems} fields={FIELDS} />
          <Button type="submit" disabled={!isChanged} loading={change.isPending}>
            Save the settings
          </Button>
          {isChanged && (
            <Button
              variant="default"
              onClick={() => {
                setDraft(known);
                change.reset();
              }}
            >
              Undo the changes
            </Button>
          )}
          <span className="muted" role="status">
            {isChanged ? "Not saved yet" : change.isSuccess ? "Saved. The next job uses it." : ""}
          </span>
        </div>
      )}
    </form>
  );
}
