import type { FieldProblems } from "../api/field-problems.ts";
import { FailureNote } from "./failure-note.tsx";

interface FormFailureProps {
  error: unknown;
  problems: FieldProblems;
  /** The fields of this form: what is wrong with them is told beside them. */
  fields: readonly string[];
}

/** Below a form that was refused: where to look, or, where no field of it is to blame, why. */
export function FormFailure({ error, problems, fields }: FormFailureProps) {
  if (!error) return null;
  const isTold = problems.size > 0 && [...problems.keys()].every((field) => fields.includes(field));
  if (!isTold) return <FailureNote error={error} />;
  return (
    <p className="form-failure" role="alert">
      Nothing was saved. {problems.size === 1 ? "One field" : `${problems.size} fields`} above cannot be like this.
    </p>
  );
}
