import { Autocomplete, Button, Switch, TextInput } from "@mantine/core";
import { TIME_ZONES, ZONES_SHOWN } from "../../elements/time-zones.ts";
import { PLACES, textField, type PartProps } from "./draft-fields.tsx";

const OFTEN = [
  { cron: "0 * * * *", name: "hourly" },
  { cron: "0 6 * * *", name: "daily at 6" },
  { cron: "0 6 * * 1-5", name: "workdays at 6" },
  { cron: "", name: "as all portals" },
] as const;

/** When a portal is looked at by itself. */
export function SchedulePart(props: PartProps) {
  const { draft, problems, onChange } = props;
  return (
    <section className="card" aria-label="Schedule">
      <h2>Schedule</h2>
      <Switch
        label="Look at it by itself"
        checked={draft.watched}
        onChange={({ currentTarget }) => onChange({ watched: currentTarget.checked })}
      />
      <TextInput
        label="When (a cron expression)"
        description="Minute hour day month weekday. Empty: when all portals are run."
        placeholder="as all portals"
        maxLength={100}
        {...textField(props, "schedule")}
      />
      <div className="buttons">
        {OFTEN.map(({ cron, name }) => (
          <Button key={cron} variant="light" size="compact-xs" onClick={() => onChange({ schedule: cron })}>
            {name}
          </Button>
        ))}
      </div>
      <Autocomplete
        label="Time zone"
        required
        data={TIME_ZONES}
        limit={ZONES_SHOWN}
        value={draft.timezone}
        error={problems.get(PLACES.timezone)}
        onChange={(timezone) => onChange({ timezone })}
      />
    </section>
  );
}
