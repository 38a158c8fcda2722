/** How much of something: a bar, which a screen reader reads as a part of a hundred. */
import { Progress } from "@mantine/core";

const HUNDRED = 100;

export interface MeterProps {
  value: number;
  of: number;
  label: string;
  color?: string;
  /** It goes on: the bar moves. */
  moving?: boolean;
}

export function Meter({ value, of, label, color, moving = false }: MeterProps) {
  const percent = of > 0 ? Math.min(HUNDRED, (value / of) * HUNDRED) : 0;
  return (
    <Progress.Root size="md" my={6}>
      <Progress.Section
        value={percent}
        aria-label={label}
        aria-valuetext={`${Math.floor(percent)}%`}
        animated={moving}
        {...(color !== undefined && { color })}
      />
    </Progress.Root>
  );
}
