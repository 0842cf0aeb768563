import { Autocomplete, Radio, Select, TextInput } from "@mantine/core";
import { TIME_ZONES, ZONES_SHOWN } from "../elements/time-zones.ts";
import type { Draft } from "./subscription-draft.ts";
import { hourInWords } from "./subscription-words.ts";

interface FieldsProps {
  draft: Draft;
  onChange: (said: Partial<Draft>) => void;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: hourInWords(hour) }));

/** At once, or one message a day at an hour somewhere. */
export function WhenFields({
  draft: { cadence, hour, timezone },
  problem,
  onChange,
}: FieldsProps & { problem: string | undefined }) {
  return (
    <>
      <Radio.Group
        label="When"
        value={cadence}
        onChange={(value) => onChange({ cadence: value === "daily" ? "daily" : "at_once" })}
      >
        <div className="buttons choices">
          <Radio value="at_once" label="At once" />
          <Radio value="daily" label="One message a day, if there is news" />
        </div>
      </Radio.Group>
      {cadence === "daily" && (
        <div className="pair">
          <Select
            label="Hour"
            data={HOURS}
            allowDeselect={false}
            value={String(hour)}
            onChange={(value) => onChange({ hour: Number(value) })}
          />
          <Autocomplete
            label="Time zone"
            required
            data={TIME_ZONES}
            limit={ZONES_SHOWN}
            value={timezone}
            error={problem}
            onChange={(value) => onChange({ timezone: value })}
          />
        </div>
      )}
    </>
  );
}

/** To which address it goes, and of which kind. */
export function ReceiverFields({
  draft: { channel, target },
  canSendEmail,
  onChange,
}: FieldsProps & { canSendEmail: boolean }) {
  const isEmail = channel === "email";
  return (
    <>
      <Radio.Group
        label="Where to"
        value={channel}
        onChange={(value) => onChange({ channel: value === "email" ? "email" : "webhook", target: "" })}
      >
        <div className="buttons choices">
          <Radio value="webhook" label="Another program (webhook)" />
          <Radio value="email" label="E-mail" disabled={!canSendEmail} />
        </div>
      </Radio.Group>
      {!canSendEmail && (
        <p className="muted">
          No mails can be sent yet: no mail server is set up. Whoever runs Gleaner sets SMTP_HOST and SMTP_FROM and
          starts it again.
        </p>
      )}
      <TextInput
        key={channel}
        label={isEmail ? "Mail address" : "Web address"}
        description={isEmail ? "Every mail has a link that ends it." : "Gets each message, signed with a secret."}
        placeholder={isEmail ? "team@example.org" : "https://"}
        required
        type={isEmail ? "email" : "url"}
        maxLength={2_000}
        value={target}
        onChange={({ currentTarget: { value } }) => onChange({ target: value })}
      />
    </>
  );
}
