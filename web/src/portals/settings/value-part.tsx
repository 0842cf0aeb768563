import { Autocomplete, NumberInput, TextInput } from "@mantine/core";
import { OneOf } from "../../elements/one-of.tsx";
import { TIME_ZONES, ZONES_SHOWN } from "../../elements/time-zones.ts";
import { numberField, PLACES, textField, type PartProps } from "./draft-fields.tsx";
import type { PortalDraft } from "./portal-draft.ts";

const ORDERS = [
  { value: "auto", label: "as its other dates tell" },
  { value: "dmy", label: "3 April (day first)" },
  { value: "mdy", label: "March 4 (month first)" },
] as const satisfies readonly { value: PortalDraft["dateOrder"]; label: string }[];

/** What dates and amounts mean where the page does not say. */
export function ValuePart(props: PartProps) {
  const { draft, problems, onChange } = props;
  return (
    <section className="card" aria-label="Dates and amounts">
      <h2>Dates and amounts</h2>
      <p className="muted">Only where its pages do not say. What nobody says is left open, and waits in Review.</p>
      <Autocomplete
        label="Time zone of its dates"
        placeholder="not said"
        data={TIME_ZONES}
        limit={ZONES_SHOWN}
        value={draft.zoneOfDates}
        error={problems.get(PLACES.zoneOfDates)}
        onChange={(zoneOfDates) => onChange({ zoneOfDates })}
      />
      <div className="field-row">
        <OneOf
          label="03/04/2026 is"
          data={ORDERS}
          value={draft.dateOrder}
          onChange={(dateOrder) => onChange({ dateOrder })}
        />
        <TextInput
          label="Currency"
          description="Three letters, such as USD: what $ or kr means."
          placeholder="not said"
          maxLength={3}
          spellCheck={false}
          {...textField(props, "currency")}
        />
      </div>
      <NumberInput
        label="Ask a person below"
        description="What is less sure than this waits in Review. Empty: as for all portals."
        suffix=" %"
        {...numberField(props, "reviewBelow")}
      />
    </section>
  );
}
