import { NumberInput, Switch, Textarea, TextInput } from "@mantine/core";
import { OneOf } from "../../elements/one-of.tsx";
import { numberField, textField, type PartProps } from "./draft-fields.tsx";
import type { Choice, PortalDraft } from "./portal-draft.ts";

const PATTERNS = [
  { value: "auto", label: "as Gleaner finds out" },
  { value: "pagination", label: "page after page" },
  { value: "ajax-load", label: "a button that loads more" },
  { value: "infinite-scroll", label: "more while scrolling" },
] as const satisfies readonly { value: PortalDraft["pattern"]; label: string }[];

const DETAILS = [
  { value: "auto", label: "if their link is named below" },
  { value: "yes", label: "always" },
  { value: "no", label: "never" },
] as const satisfies readonly { value: Choice; label: string }[];

const SIGN_IN = [
  { value: "auto", label: "if a log-in is given" },
  { value: "yes", label: "always" },
  { value: "no", label: "never" },
] as const satisfies readonly { value: Choice; label: string }[];

/** How the list is read: how far, how fast, and what a person knows about the page. */
export function ListPart(props: PartProps) {
  const { draft, onChange } = props;
  return (
    <section className="card" aria-label="Reading the list">
      <h2>Reading the list</h2>
      <div className="field-row">
        <OneOf
          label="How the list goes on"
          data={PATTERNS}
          value={draft.pattern}
          onChange={(pattern) => onChange({ pattern })}
        />
        <NumberInput
          label="Most pages of a job"
          description="Or scrolls. Empty: as for all portals."
          allowDecimal={false}
          {...numberField(props, "maxPages")}
        />
      </div>
      <div className="field-row">
        <OneOf
          label="Open the page of every tender"
          data={DETAILS}
          value={draft.details}
          onChange={(details) => onChange({ details })}
        />
        <OneOf label="Sign in" data={SIGN_IN} value={draft.signIn} onChange={(signIn) => onChange({ signIn })} />
      </div>
      <NumberInput
        label="Pause between two requests"
        description="In milliseconds. It only slows down: never faster than for all portals."
        allowDecimal={false}
        {...numberField(props, "rateLimit")}
      />
      <HintFields {...props} />
      <Textarea
        label="What is wanted, in words"
        description="Needs a model, set up by whoever runs Gleaner."
        autosize
        minRows={2}
        maxLength={10_000}
        {...textField(props, "instructions")}
      />
      <Textarea
        label="What its search form is asked"
        description="One field on each line, by the name it has on the page: Published from = today-30d. Dates: 2026-03-01, today, today-30d, today-6m."
        autosize
        minRows={1}
        spellCheck={false}
        {...textField(props, "inputs")}
      />
      <RobotsFields {...props} />
    </section>
  );
}

/** What a person found out about the page, where Gleaner is wrong by itself. */
function HintFields(props: PartProps) {
  return (
    <>
      <TextInput
        label="Where the list is"
        description="A CSS selector, where Gleaner takes the wrong list. What matches nothing is told in the job's history."
        spellCheck={false}
        {...textField(props, "listSelector")}
      />
      <TextInput
        label="The button to the next page"
        description="A CSS selector."
        spellCheck={false}
        {...textField(props, "nextSelector")}
      />
      <TextInput
        label="The link of a tender"
        description="A CSS selector."
        spellCheck={false}
        {...textField(props, "detailSelector")}
      />
    </>
  );
}

function RobotsFields(props: PartProps) {
  const { draft, onChange } = props;
  return (
    <>
      <Switch
        label="Ignore robots.txt"
        description="The file in which the site says what programs may read."
        checked={draft.ignoresRobots}
        onChange={({ currentTarget }) => onChange({ ignoresRobots: currentTarget.checked })}
      />
      {draft.ignoresRobots && (
        <Textarea
          label="Why it may be ignored"
          description="Kept on record."
          required
          autosize
          maxLength={2_000}
          {...textField(props, "robotsReason")}
        />
      )}
    </>
  );
}
