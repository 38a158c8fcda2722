/** What moves now: in all, by folder, and from whom. */
import type { Api } from "../../api/methods.ts";
import { PageFrame, Section } from "../../parts/page-frame.tsx";
import { State } from "../../parts/state.tsx";
import { useAnswer } from "../../parts/use-answer.ts";
import { Waiting } from "../../parts/waiting.tsx";
import { Limits } from "./limits.tsx";
import { MirrorTransferCard } from "./mirror-transfer-card.tsx";
import { Others } from "./others.tsx";
import { PauseAll } from "./pause-all.tsx";
import { Totals } from "./totals.tsx";
import classes from "./transfers.module.css";

export type Transfers = Api["transfers"]["result"];
export type MirrorTransfer = Transfers["mirrors"][number];

const EVERY_MS = 1_000;

export default function Page() {
  const transfers = useAnswer("transfers", {}, { everyMs: EVERY_MS });
  return (
    <PageFrame
      title="Transfers"
      text="What this machine fetches from others and sends to them."
      actions={<PauseAll />}
    >
      {transfers.value ? (
        <Moving transfers={transfers.value} />
      ) : (
        <Waiting answer={transfers} away="Transfers go on with whom this machine knows." />
      )}
      <Section title="Limits">
        <Limits />
      </Section>
    </PageFrame>
  );
}

function Moving({ transfers }: { transfers: Transfers }) {
  const { mirrors, uploads, sources, receivers } = transfers;
  const underWay = mirrors.filter(({ missingBytes }) => missingBytes > 0);
  return (
    <>
      <Totals uploads={uploads} />
      <Section title="Folders being fetched">
        {underWay.length > 0 ? (
          <ul className={classes["cards"]}>
            {underWay.map((mirror) => (
              <MirrorTransferCard key={mirror.local} mirror={mirror} />
            ))}
          </ul>
        ) : (
          <div className={classes["none"]}>
            <State
              kind="empty"
              title="Nothing is being fetched"
              text="All folders that are kept here are up to date."
            />
          </div>
        )}
      </Section>
      <Section title="With whom">
        <div className={classes["others"]}>
          <Others label="Receiving from" others={sources} none="Nobody now." />
          <Others label="Sending to" others={receivers} none="Nobody now." />
        </div>
      </Section>
    </>
  );
}
