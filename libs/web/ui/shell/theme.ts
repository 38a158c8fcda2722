/** How the UI looks: one accent, the system's letters, a calm density. */
import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** A deep teal: apart from links' blue, from danger's red and from warnings' amber. */
const harbour: MantineColorsTuple = [
  "#e9f6f7",
  "#d3eaec",
  "#a6d5d9",
  "#76bfc5",
  "#4eabb3",
  "#2f99a2",
  "#1b858f",
  "#0b6f79",
  "#055d66",
  "#014a52",
];

/** Greys of the dark scheme, with a touch of the accent's blue. */
const dark: MantineColorsTuple = [
  "#d5dce0",
  "#b4bfc5",
  "#9aa7ae",
  "#6b7980",
  "#3a444a",
  "#2c3338",
  "#1e2428",
  "#15191c",
  "#101316",
  "#0b0d0f",
];

export const theme = createTheme({
  primaryColor: "harbour",
  primaryShade: 7,
  colors: { harbour, dark },
  defaultRadius: "md",
  cursorType: "pointer",
  fontFamily:
    "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Cantarell, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace",
  headings: { fontWeight: "650" },
  components: {
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true } },
    Modal: { defaultProps: { centered: true, closeButtonProps: { "aria-label": "Close" } } },
    Drawer: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
  },
});
