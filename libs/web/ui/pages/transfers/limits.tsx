/** How fast Goliath may be, each way: set for now, until its next start. */
import { useState, type FormEvent } from "react";
import { Button, Group, NumberInput, Text } from "@mantine/core";
import type { Api } from "../../api/methods.ts";
import { sentenceOf } from "../../api/api-error.ts";
import { rateText } from "../../parts/byte-text.ts";
import { useAnswer } from "../../parts/use-answer.ts";
import { useSession } from "../../shell/session.ts";

const MEGA = 1_000_000;
/** A slower one would have others give up on us; the peer refuses less than 32 KiB. */
const LEAST_MB = 0.04;
const MOST_MB = 100_000;

export function Limits() {
  const limits = useAnswer("limits", {});
  if (limits.error && !limits.value) return <Text size="sm">{sentenceOf(limits.error)}</Text>;
  if (!limits.value) return null;
  return <LimitsForm key={JSON.stringify(limits.value)} now={limits.value} onSet={limits.again} />;
}

type Rates = Api["limits"]["result"];

function LimitsForm({ now, onSet }: { now: Rates; onSet(): void }) {
  const { client, notices } = useSession();
  const [down, setDown] = useState(fieldOf(now.down));
  const [up, setUp] = useState(fieldOf(now.up));
  const [busy, setBusy] = useState(false);
  const set = async (params: Api["limits"]["params"], words: string): Promise<void> => {
    setBusy(true);
    await client.call("limits", params).then(
      () => notices.done(words),
      (error: unknown) => notices.failed("The limits stay as they were.", error),
    );
    setBusy(false);
    onSet();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void set({ down: bytesOf(down), up: bytesOf(up) }, "The limits hold from now on.");
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end">
        <RateInput label="Receive at most" value={down} onChange={setDown} />
        <RateInput label="Send at most" value={up} onChange={setUp} />
        <Button type="submit" variant="default" loading={busy}>
          Set
        </Button>
        {now.set && (
          <Button
            variant="subtle"
            disabled={busy}
            onClick={() => void set({ reset: true }, "The limits are those of the settings again.")}
          >
            Back to the settings
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed" mt="xs">
        {wordsOf(now)} Empty means no limit. What is set here holds until Goliath starts again.
      </Text>
    </form>
  );
}

function wordsOf({ down, up }: Rates): string {
  if (down === null && up === null) return "There is no limit now.";
  const words = (rate: number | null): string => (rate === null ? "no limit" : rateText(rate));
  return `Now: ${words(down)} in, ${words(up)} out.`;
}

interface RateInputProps {
  label: string;
  value: number | string;
  onChange: (value: number | string) => void;
}

function RateInput({ label, value, onChange }: RateInputProps) {
  return (
    <NumberInput
      label={label}
      placeholder="No limit"
      suffix=" MB/s"
      min={LEAST_MB}
      max={MOST_MB}
      decimalScale={2}
      value={value}
      onChange={onChange}
    />
  );
}

/** Megabytes, or empty without a limit. */
function fieldOf(rate: number | null): number | string {
  return rate === null ? "" : rate / MEGA;
}

/** Bytes, 0 without a limit. */
function bytesOf(field: number | string): number {
  return Math.round(Number(field) * MEGA);
}
