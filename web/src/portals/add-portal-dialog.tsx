import { Button, Modal, Switch, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answerOf, api } from "../api/client.ts";
import { useJobStream } from "../api/job-stream.ts";
import type { Portal } from "../api/resources.ts";
import { FailureNote } from "../elements/failure-note.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { CompletenessCard } from "../jobs/completeness-card.tsx";
import { JobHistory } from "../jobs/job-history.tsx";
import { JobProgress } from "../jobs/job-progress.tsx";
import { oneJob } from "../jobs/job-queries.ts";
import { hasEnded } from "../jobs/job-state-mark.tsx";
import { WallCard } from "../jobs/wall-card.tsx";
import { LogInFields, logInBody, NO_LOG_IN, type LogInDraft } from "./log-in-fields.tsx";
import { useChangePortal } from "./portal-actions.ts";
import { onePortal } from "./portal-queries.ts";
import { RecipeColumns } from "./recipe-columns.tsx";

interface Learning {
  portal: Portal;
  jobId: string;
}

/** From an address to a portal that is watched: it is learnt while one looks on, its columns are shown, then it is kept. */
export function AddPortalDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [learning, setLearning] = useState<Learning | null>(null);
  const close = () => {
    setLearning(null);
    onClose();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      size={learning ? "xl" : "md"}
      title={learning ? learning.portal.name : "Add a portal"}
    >
      {learning ? <LearningSteps learning={learning} onDone={close} /> : <AddressForm onLearning={setLearning} />}
    </Modal>
  );
}

function AddressForm({ onLearning }: { onLearning: (learning: Learning) => void }) {
  const queries = useQueryClient();
  const [url, setUrl] = useState("");
  const [name, setName] = useState("");
  const [logIn, setLogIn] = useState<LogInDraft | null>(null);
  const learn = useMutation({
    mutationFn: async () => {
      const own = name.trim() === "" ? {} : { name: name.trim() };
      const known = logIn ? { configuration: configurationOf(logIn) } : {};
      const body = { url: url.trim(), watched: false, ...own, ...known };
      const portal = await answerOf(api.POST("/api/v1/portals", { body }));
      const { jobId } = await answerOf(
        api.POST("/api/v1/portals/{portalId}/run", { params: { path: { portalId: portal.id } } }),
      );
      return { portal, jobId };
    },
    onSuccess: (learning) => {
      void queries.invalidateQueries({ queryKey: ["portals"] });
      onLearning(learning);
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        learn.mutate();
      }}
    >
      <TextInput
        label="Address of the page that lists tenders"
        type="url"
        required
        data-autofocus
        placeholder="https://"
        value={url}
        onChange={({ currentTarget }) => setUrl(currentTarget.value)}
      />
      <TextInput
        label="Name"
        description="Left out: the host of the address."
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Switch
        label="The page asks to sign in"
        checked={logIn !== null}
        onChange={({ currentTarget }) => setLogIn(currentTarget.checked ? NO_LOG_IN : null)}
      />
      {logIn && <LogInFields value={logIn} onChange={setLogIn} />}
      {learn.error && <FailureNote error={learn.error} />}
      <Button type="submit" loading={learn.isPending}>
        Learn the list
      </Button>
    </form>
  );
}

function configurationOf(draft: LogInDraft) {
  const { username, password, totp, loginUrl } = logInBody(draft);
  const codes = totp === undefined ? {} : { totpSecret: totp };
  const page = loginUrl === undefined ? {} : { loginUrl };
  return { requiresAuth: true, authCredentials: { username, password, ...codes }, ...page };
}

function LearningSteps({ learning: { portal, jobId }, onDone }: { learning: Learning; onDone: () => void }) {
  const { data: job } = useQuery(oneJob(jobId));
  const { events, isInterrupted } = useJobStream(jobId);
  const watch = useChangePortal(portal.id);
  const hasLearnt = job !== undefined && hasEnded(job) && job.recipeId !== null;
  const { data: known = portal } = useQuery({ ...onePortal(portal.id), enabled: hasLearnt });
  if (!job) return <Waiting what="the job" />;
  const recipeId = known.recipeId ?? job.recipeId;
  return (
    <div className="stack">
      {job.state === "needs_person" && <WallCard job={job} />}
      {!hasEnded(job) && <JobProgress job={job} />}
      {job.error && (
        <section className="card card-bad" aria-label="Why it failed">
          <h2>The list could not be learnt</h2>
          <p>{job.error.message}</p>
        </section>
      )}
      {job.completeness && <CompletenessCard value={job.completeness} />}
      {hasEnded(job) && recipeId !== null ? (
        <RecipeColumns recipeId={recipeId} runId={job.run} />
      ) : (
        <JobHistory events={events} isInterrupted={isInterrupted} />
      )}
      {watch.error && <FailureNote error={watch.error} />}
      {hasEnded(job) && (
        <div className="buttons">
          <Button loading={watch.isPending} onClick={() => watch.mutate({ watched: true }, { onSuccess: onDone })}>
            Watch this portal
          </Button>
          <Button variant="default" onClick={onDone}>
            Keep it, run it by hand
          </Button>
        </div>
      )}
    </div>
  );
}
