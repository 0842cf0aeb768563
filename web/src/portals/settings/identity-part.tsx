import { TextInput } from "@mantine/core";
import { textField, type PartProps } from "./draft-fields.tsx";

/** What the portal is called and where its list is. */
export function IdentityPart(props: PartProps) {
  return (
    <section className="card" aria-label="Name and address">
      <h2>Name and address</h2>
      <TextInput label="Name" required maxLength={300} {...textField(props, "name")} />
      <TextInput
        label="Address of the page that lists tenders"
        description="With another address the list is learnt anew."
        required
        type="url"
        {...textField(props, "url")}
      />
      <div className="field-row">
        <TextInput
          label="State"
          description="Or region; for your order only."
          maxLength={200}
          {...textField(props, "state")}
        />
        <TextInput
          label="Capital"
          description="For your order only."
          maxLength={200}
          {...textField(props, "capital")}
        />
      </div>
    </section>
  );
}
