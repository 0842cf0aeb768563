import { Button } from "@mantine/core";
import type { Portal } from "../../api/resources.ts";
import { FormFailure } from "../../elements/form-failure.tsx";
import { useMay } from "../../session/session-queries.ts";
import { DocumentPart } from "./document-part.tsx";
import { PLACES } from "./draft-fields.tsx";
import { IdentityPart } from "./identity-part.tsx";
import { ListPart } from "./list-part.tsx";
import { SchedulePart } from "./schedule-part.tsx";
import { useSettings } from "./use-settings.ts";
import { ValuePart } from "./value-part.tsx";

const FIELDS = Object.values(PLACES);

/** Every setting of a portal, saved together. Who may not change them reads them. */
export function PortalSettings({ portal }: { portal: Portal }) {
  const settings = useSettings(portal);
  const { problems, isChanged, isBehind } = settings;
  const mayChange = useMay("operator");
  const part = { draft: settings.draft, problems, onChange: settings.write };
  return (
    <form
      aria-label="Settings"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBehind) settings.save();
      }}
    >
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
          {isBehind && <Behind onCatchUp={settings.catchUp} />}
          <FormFailure error={settings.error} problems={problems} fields={FIELDS} />
          <Button type="submit" disabled={!isChanged || isBehind} loading={settings.isPending}>
            Save the settings
          </Button>
          {isChanged && (
            <Button variant="default" onClick={settings.undo}>
              Undo the changes
            </Button>
          )}
          <span className="muted" role="status">
            {isChanged ? "Not saved yet" : settings.isSaved ? "Saved. The next job uses it." : ""}
          </span>
        </div>
      )}
    </form>
  );
}

function Behind({ onCatchUp }: { onCatchUp: () => void }) {
  return (
    <section className="card card-warn" role="alert">
      <h2>Somebody changed this; look at it again</h2>
      <p>
        These settings were saved by somebody else after you began. Nothing of yours is lost: what they saved is shown
        together with what you wrote, and saved when you say so.
      </p>
      <div className="buttons">
        <Button variant="default" onClick={onCatchUp}>
          Show what is there now
        </Button>
      </div>
    </section>
  );
}
