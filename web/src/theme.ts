import { createTheme } from "@mantine/core";

/** Dense but calm: one accent, small type, hairlines. Colours are dark enough to be read on their tints (WCAG AA). */
export const theme = createTheme({
  colors: {
    sea: ["#e3f4f7", "#c5e8ee", "#99d7e2", "#66c3d4", "#3bb0c5", "#1f9db4", "#158ba2", "#107d92", "#0b7285", "#095c6b"],
  },
  primaryColor: "sea",
  primaryShade: 8,
  defaultRadius: "sm",
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  headings: { fontWeight: "600", sizes: { h1: { fontSize: "1.125rem" }, h2: { fontSize: "0.9375rem" } } },
  components: {
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
    Modal: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
    Button: { defaultProps: { size: "xs" } },
    TextInput: { defaultProps: { size: "xs" } },
    NumberInput: { defaultProps: { size: "xs" } },
    PasswordInput: { defaultProps: { size: "xs" } },
    Textarea: { defaultProps: { size: "xs" } },
    Autocomplete: { defaultProps: { size: "xs" } },
    MultiSelect: { defaultProps: { size: "xs" } },
    SegmentedControl: { defaultProps: { size: "xs" } },
    Select: { defaultProps: { size: "xs" } },
  },
});
