/** The commented file of all settings, which sets none. */
import { SETTINGS } from "./settings.ts";

export function defaultConfigFile(): string {
  return `${SETTINGS.explain([]).join("\n").trimEnd()}\n`;
}
