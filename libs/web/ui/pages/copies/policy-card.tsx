/** What is asked for a folder: how many copies, and how long its past is kept. */
import { useState, type FormEvent } from "react";
import { Button, Group, NumberInput, Select, Text } from "@mantine/core";
import { sentenceOf } from "../../api/api-error.ts";
import type { Api } from "../../api/methods.ts";
import { plural } from "../../parts/byte-text.ts";
import { durationText } from "../../parts/duration-text.ts";
import { useAnswer } from "../../parts/use-answer.ts";
import { useSession, useWatchedPart } from "../../shell/session.ts";
import classes from "./copies.module.css";

type Policy = Api["copies"]["result"]["policy"];

/** As the index bounds it. */
const COPIES_MAX = 32;
const DAY_MS = 86_400_000;
const FOREVER_MS = 100 * 365 * DAY_MS;
const SPANS = [DAY_MS / 24, DAY_MS, 7 * DAY_MS, 30 * DAY_MS, 90 * DAY_MS, 365 * DAY_MS, FOREVER_MS];

export function PolicyCard({ path, onSet }: { path: string; onSet(): void }) {
  const copies = useAnswer("copies", { path });
  const reader = useWatchedPart(({ status }) => status?.role === "reader");
  const policy = copies.value?.policy;
  if (!policy)
    return (
      <Text size="sm" c="dimmed">
        {copies.error ? sentenceOf(copies.error) : "Looking…"}
      </Text>
    );
  const changed = (): void => {
    copies.again();
    onSet();
  };
  return (
    <div className={classes["policy"]}>
      <Text size="sm">{wordsOf(policy, path)}</Text>
      {!reader && (
        <PolicyForm key={JSON.stringify(policy)} path={path} policy={policy} onSet={changed} />
      )}
    </div>
  );
}

function wordsOf({ copies, retentionMs, from }: Policy, path: string): string {
  const wanted =
    copies === 0 ? "No copies are asked for" : `${plural(copies, "copy", "copies")} at keepers`;
  const whence = from.copies === undefined ? "as everywhere" : sourceOf(from.copies, path);
  return `${wanted} (${whence}). Old versions can be read for ${spanText(retentionMs)}.`;
}

function sourceOf(from: string, path: string): string {
  return from === path ? "said here" : `as said at ${from}`;
}

function spanText(ms: number): string {
  return ms >= FOREVER_MS ? "ever" : durationText(ms);
}

interface PolicyFormProps {
  path: string;
  policy: Policy;
  onSet(): void;
}

function PolicyForm({ path, policy, onSet }: PolicyFormProps) {
  const { client, notices } = useSession();
  const [copies, setCopies] = useState<number>(policy.copies);
  const [retentionMs, setRetentionMs] = useState(policy.retentionMs);
  const [busy, setBusy] = useState(false);
  const own = policy.from.copies === path || policy.from.retentionMs === path;
  const set = async (params: Omit<Api["setCopies"]["params"], "path">): Promise<void> => {
    setBusy(true);
    await client.call("setCopies", { path, ...params }).then(
      () => {
        notices.done("It is asked for. Copies are made as keepers find the time.");
        onSet();
      },
      (error: unknown) => notices.failed("It could not be set.", error),
    );
    setBusy(false);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void set({ copies, retentionMs, clear: false });
  };
  const spans = [...new Set([...SPANS, policy.retentionMs])].toSorted((a, b) => a - b);
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" mt="sm">
        <NumberInput
          label="Copies at keepers"
          min={0}
          max={COPIES_MAX}
          clampBehavior="strict"
          allowDecimal={false}
          value={copies}
          onChange={(value) => setCopies(Number(value))}
        />
        <Select
          label="Keep old versions for"
          data={spans.map((ms) => ({ value: String(ms), label: spanText(ms) }))}
          value={String(retentionMs)}
          allowDeselect={false}
          onChange={(value) => setRetentionMs(Number(value))}
        />
        <Button type="submit" variant="default" loading={busy}>
          Set
        </Button>
        {own && (
          <Button variant="subtle" disabled={busy} onClick={() => void set({ clear: true })}>
            {path === "/" ? "As by default" : "As the folder above"}
          </Button>
        )}
      </Group>
    </form>
  );
}
