import { MultiSelect, NumberInput, Switch } from "@mantine/core";
import { numberField, type PartProps } from "./draft-fields.tsx";
import type { PortalDraft } from "./portal-draft.ts";

const KINDS = [
  { value: "pdf", label: "PDF" },
  { value: "docx", label: "Word" },
  { value: "xlsx", label: "Excel" },
  { value: "pptx", label: "PowerPoint" },
  { value: "odt", label: "OpenDocument text" },
  { value: "ods", label: "OpenDocument table" },
  { value: "odp", label: "OpenDocument slides" },
  { value: "html", label: "Web page" },
  { value: "text", label: "Plain text" },
] as const satisfies readonly { value: PortalDraft["documentKinds"][number]; label: string }[];

/** Whether the files that tenders name are fetched, and how much of them. */
export function DocumentPart(props: PartProps) {
  const { draft, onChange } = props;
  return (
    <section className="card" aria-label="Documents">
      <h2>Documents</h2>
      <Switch
        label="Keep the files of tenders"
        description="With their text, to be searched. Off: they are named and left where they are."
        checked={draft.download}
        onChange={({ currentTarget }) => onChange({ download: currentTarget.checked })}
      />
      {draft.download && (
        <>
          <MultiSelect
            label="Only files of these kinds"
            placeholder={draft.documentKinds.length === 0 ? "all that can be read" : ""}
            data={KINDS}
            clearable
            clearButtonProps={{ "aria-label": "Clear the kinds" }}
            value={draft.documentKinds}
            onChange={(values) =>
              onChange({ documentKinds: KINDS.map(({ value }) => value).filter((value) => values.includes(value)) })
            }
          />
          <div className="field-row">
            <NumberInput
              label="Largest file"
              description="Empty: 20 MB."
              min={0.01}
              max={100}
              suffix=" MB"
              {...numberField(props, "documentMegabytes")}
            />
            <NumberInput
              label="Files after one job"
              description="Empty: 200."
              allowDecimal={false}
              {...numberField(props, "documentsPerJob")}
            />
          </div>
          <NumberInput
            label="Ask again whether a file has changed"
            description="After so many days; 0: never. Empty: 7."
            allowDecimal={false}
            suffix=" days"
            {...numberField(props, "recheckDays")}
          />
        </>
      )}
    </section>
  );
}
