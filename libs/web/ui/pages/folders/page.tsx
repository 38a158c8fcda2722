/** What of this machine is part of the drive: what is kept here, and what is shared from here. */
import { useState } from "react";
import { Button } from "@mantine/core";
import { DownloadIcon, PlusIcon, ShareIcon } from "@primer/octicons-react";
import { PageFrame, Section } from "../../parts/page-frame.tsx";
import { State } from "../../parts/state.tsx";
import { useAnswer } from "../../parts/use-answer.ts";
import { useWatched, useWatchedPart } from "../../shell/session.ts";
import classes from "./folders.module.css";
import { MirrorCard } from "./mirror-card.tsx";
import { NewMirror } from "./new-mirror.tsx";
import { NewShare } from "./new-share.tsx";
import { ShareCard } from "./share-card.tsx";

const RATES_MS = 1_000;

type Asking = "mirror" | "share";

export default function Page() {
  const [asking, setAsking] = useState<Asking>();
  const mayShare = useWatchedPart(({ status }) => status !== undefined && status.role !== "reader");
  const close = (): void => setAsking(undefined);
  return (
    <PageFrame
      title="Folders"
      text="Folders of this machine that follow the drive, and folders of it that others see in the drive."
      actions={
        <>
          <Button leftSection={<DownloadIcon />} onClick={() => setAsking("mirror")}>
            Keep a folder here
          </Button>
          {mayShare && (
            <Button
              variant="default"
              leftSection={<ShareIcon />}
              onClick={() => setAsking("share")}
            >
              Share a folder
            </Button>
          )}
        </>
      }
    >
      <Folders onAsk={setAsking} />
      {asking === "mirror" && <NewMirror onClose={close} />}
      {asking === "share" && <NewShare onClose={close} />}
    </PageFrame>
  );
}

function Folders({ onAsk }: { onAsk: (asking: Asking) => void }) {
  const { status, peersOnline } = useWatched();
  const rates = useAnswer("transfers", {}, { everyMs: RATES_MS });
  if (!status) return <State kind="loading" title="Loading…" />;
  const { mirrors, shares, index } = status;
  if (mirrors.length + shares.length === 0)
    return (
      <State
        kind="empty"
        title="Nothing is kept or shared here yet"
        text="You can look at the whole drive without keeping any of it. Keep a folder here to have it without a network; share one so that others have it."
      >
        <Button variant="light" leftSection={<PlusIcon />} onClick={() => onAsk("mirror")}>
          Keep a folder here
        </Button>
      </State>
    );
  return (
    <>
      {mirrors.length > 0 && (
        <Section title="Kept here">
          <ul className={classes["cards"]}>
            {mirrors.map((mirror) => (
              <MirrorCard
                key={mirror.local}
                mirror={mirror}
                transfer={rates.value?.mirrors.find(({ local }) => local === mirror.local)}
                away={!index.connected}
                alone={peersOnline === 0}
              />
            ))}
          </ul>
        </Section>
      )}
      {shares.length > 0 && (
        <Section title="Shared from here">
          <ul className={classes["cards"]}>
            {shares.map((share) => (
              <ShareCard key={share.local} share={share} />
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
