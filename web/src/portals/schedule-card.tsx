import { Button, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Portal } from "../api/resources.ts";
import { FailureNote } from "../elements/failure-note.tsx";
import { useChangePortal } from "./portal-actions.ts";

const OFTEN = [
  { cron: "0 * * * *", name: "hourly" },
  { cron: "0 6 * * *", name: "daily at 6" },
  { cron: "0 6 * * 1-5", name: "workdays at 6" },
] as const;

/** When a portal is looked at by itself. */
export function ScheduleCard({ portal }: { portal: Portal }) {
  const change = useChangePortal(portal.id);
  const [watched, setWatched] = useState(portal.watched);
  const [schedule, setSchedule] = useState(portal.schedule ?? "");
  const [timezone, setTimezone] = useState(portal.timezone);
  return (
    <section className="card" aria-label="Schedule">
      <h2>Schedule</h2>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ watched, schedule: schedule.trim() === "" ? null : schedule.trim(), timezone });
        }}
      >
        <Switch
          label="Look at it by itself"
          checked={watched}
          onChange={({ currentTarget }) => setWatched(currentTarget.checked)}
        />
        <TextInput
          label="Cron expression"
          description="Minute hour day month weekday. Empty: when all portals are run."
          placeholder="as all portals"
          value={schedule}
          onChange={({ currentTarget }) => setSchedule(currentTarget.value)}
        />
        <div className="buttons">
          {OFTEN.map(({ cron, name }) => (
            <Button key={cron} variant="light" size="compact-xs" onClick={() => setSchedule(cron)}>
              {name}
            </Button>
          ))}
        </div>
        <TextInput
          label="Time zone"
          value={timezone}
          onChange={({ currentTarget }) => setTimezone(currentTarget.value)}
        />
        {change.error && <FailureNote error={change.error} />}
        <Button type="submit" variant="default" loading={change.isPending}>
          Save the schedule
        </Button>
      </form>
    </section>
  );
}
