import { Select, type SelectProps } from "@mantine/core";

interface OneOfProps<Value extends string> extends Omit<SelectProps<Value>, "data" | "value" | "onChange"> {
  data: readonly { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
}

/** One of a few, always. */
export function OneOf<Value extends string>({ onChange, ...props }: OneOfProps<Value>) {
  return (
    <Select<Value> {...props} allowDeselect={false} onChange={(value) => (value === null ? null : onChange(value))} />
  );
}
