import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { Icon } from "./elements/icon.tsx";

/** Light or dark; until a person says so, as the system has it. */
export function ColorSchemeButton() {
  const { setColorScheme } = useMantineColorScheme();
  const other = useComputedColorScheme("light") === "light" ? "dark" : "light";
  return (
    <button type="button" className="nav-button" onClick={() => setColorScheme(other)}>
      <Icon name={other === "dark" ? "moon" : "sun"} />
      <span>{other === "dark" ? "Dark mode" : "Light mode"}</span>
    </button>
  );
}
