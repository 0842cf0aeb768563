import { Button, TextInput } from "@mantine/core";
import { useRef, useState, type FormEvent } from "react";
import type { Job } from "../api/resources.ts";
import { Icon } from "../elements/icon.tsx";
import { Mark } from "../elements/mark.tsx";
import { useLiveInput } from "./live-input.ts";
import { useLive, type Live } from "./use-live.ts";

/** The browser of a job while it works: to be watched, and taken over by a person where the job cannot go on alone. */
export function LivePanel({ job }: { job: Job }) {
  const live = useLive(job.id);
  const giveBack = useRef<HTMLButtonElement>(null);
  const { state, canvas, send, failure, hasPicture } = live;
  const isDriving = state?.isYours === true;
  const handlers = useLiveInput({ canvas, isDriving, send, onLeave: () => giveBack.current?.focus() });
  const isShowing = state?.showing === true;
  return (
    <section className={isDriving ? "card live live-driving" : "card live"} aria-label="Live view">
      <div className="live-head">
        <h2>Live view</h2>
        <Who live={live} isWaiting={job.state === "needs_person"} />
        <div className="buttons">
          {isShowing && !isDriving && state.mayDrive && (
            <Button
              leftSection={<Icon name="keyboard" size={14} />}
              disabled={state.driver !== null}
              onClick={() => {
                send({ type: "take-over" });
                canvas.current?.focus();
              }}
            >
              Take over
            </Button>
          )}
          {isDriving && (
            <Button ref={giveBack} variant="default" onClick={() => send({ type: "give-back" })}>
              Give back
            </Button>
          )}
        </div>
      </div>
      {failure !== null && <p role="alert">{failure}</p>}
      <div className="live-frame" hidden={!isShowing}>
        <canvas
          ref={canvas}
          className="live-picture"
          width={1366}
          height={900}
          tabIndex={isDriving ? 0 : -1}
          // Escape leaves the page first, not the dialog around it.
          data-mantine-stop-propagation={isDriving}
          role={isDriving ? "application" : "img"}
          aria-label={
            isDriving
              ? "The job's browser. Mouse and keys go to its page; Escape leaves it."
              : `What the job's browser shows${state?.url ? `: ${state.url}` : ""}`
          }
          {...handlers}
        />
        {!hasPicture && <p className="live-wait">The first picture is on its way…</p>}
      </div>
      {isDriving && <Typing onText={(text) => send({ type: "text", text })} onEnter={() => send(ENTER)} />}
      {isShowing ? (
        <p className="muted live-address">{state.url}</p>
      ) : (
        <p className="muted">
          {state === null
            ? "Asking for the job's browser…"
            : "No browser is open at the moment. Pages that need none are read without."}
        </p>
      )}
    </section>
  );
}

const ENTER = { type: "key", key: "Enter" } as const;

function Who({ live: { state, isConnected }, isWaiting }: { live: Live; isWaiting: boolean }) {
  if (!isConnected) return <Mark tone="warn">connecting again</Mark>;
  if (state?.isYours)
    return (
      <Mark tone="busy" icon="people">
        you have taken over, the job waits
      </Mark>
    );
  if (state?.driver)
    return (
      <Mark tone="warn" icon="people">
        {state.driver} has taken over
      </Mark>
    );
  return state?.showing ? <Mark tone="plain">{isWaiting ? "waits for you" : "the job drives"}</Mark> : null;
}

/** For pasting, for other keyboards, and for those who do not see where they type. */
function Typing({ onText, onEnter }: { onText: (text: string) => void; onEnter: () => void }) {
  const [text, setText] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text === "") return onEnter();
    onText(text);
    setText("");
  };
  return (
    <form className="live-typing" onSubmit={submit}>
      <TextInput
        aria-label="Text for the field that has the focus in the page"
        placeholder="Text for the field that was pressed last"
        autoComplete="off"
        spellCheck={false}
        maxLength={2_000}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Button type="submit" variant="default">
        {text === "" ? "Press Enter there" : "Type it there"}
      </Button>
    </form>
  );
}
