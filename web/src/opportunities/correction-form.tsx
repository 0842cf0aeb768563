import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import type { OpportunityDetail } from "../api/resources.ts";
import { FailureNote } from "../elements/failure-note.tsx";
import { useReview, useWithdraw } from "./review-actions.ts";
import { Allowed } from "../session/allowed.tsx";

/** Fields whose value is one line that a person can write. */
const CORRECTABLE: ReadonlySet<string> = new Set([
  ...["title", "referenceNumber", "externalId", "description", "opportunityType", "status", "category", "department"],
  ...["agency", "contactName", "contactPhone", "contactEmail", "postedDate", "closingDate", "lastModified"],
  ...["estimatedValue", "detailUrl"],
]);
const DATES: readonly string[] = ["postedDate", "closingDate", "lastModified"];

/** The way to say that a value is another one. What the page says stays beside it. */
export function CorrectionForm({ opportunity, field }: { opportunity: OpportunityDetail; field: string }) {
  const [isOpen, setOpen] = useState(false);
  const review = useReview();
  const withdraw = useWithdraw();
  const opportunityId = opportunity.id;
  const current = opportunity.corrections[field];
  const observed: unknown = Object.entries(opportunity).find(([name]) => name === field)?.[1];
  const [text, setText] = useState(String(current?.value ?? observed ?? ""));
  if (!CORRECTABLE.has(field)) return null;
  const save = (value: string | null) =>
    review.mutate(
      { opportunityId, decision: "correct", fields: { [field]: value } },
      { onSuccess: () => setOpen(false) },
    );
  const error = review.error ?? withdraw.error;
  return (
    <>
      {error && <FailureNote error={error} />}
      {isOpen ? (
        <form
          className="line-form"
          aria-label="Correction"
          onSubmit={(event) => {
            event.preventDefault();
            save(text.trim());
          }}
        >
          <TextInput
            aria-label="What is right instead"
            description={DATES.includes(field) ? "Such as 2026-03-31 or 2026-03-31T14:00+02:00" : undefined}
            required
            data-autofocus
            autoFocus
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
            onKeyDown={({ key }) => key === "Escape" && setOpen(false)}
          />
          <Button type="submit" loading={review.isPending}>
            Save
          </Button>
          {field !== "title" && (
            <Button variant="default" loading={review.isPending} onClick={() => save(null)}>
              No value is right
            </Button>
          )}
          <Button variant="subtle" onClick={() => setOpen(false)}>
            Cancel
          </Button>
        </form>
      ) : (
        <Allowed to="operator">
          <div className="buttons">
            <Button variant="default" size="compact-sm" id="correct-value" onClick={() => setOpen(true)}>
              {current === undefined ? "Correct this value" : "Correct again"}
            </Button>
            {current !== undefined && (
              <Button
                variant="subtle"
                size="compact-sm"
                loading={withdraw.isPending}
                onClick={() => withdraw.mutate({ opportunityId, field })}
              >
                Take the correction back
              </Button>
            )}
          </div>
        </Allowed>
      )}
    </>
  );
}
