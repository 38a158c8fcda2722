/** What this machine is called, what it may do, and where others reach it. */
import { ActionIcon, CopyButton } from "@mantine/core";
import { CheckIcon, CopyIcon } from "@primer/octicons-react";
import type { PeerStatus } from "../../api/methods.ts";
import { ROLE_NAMES, ROLE_TEXTS } from "../../parts/role-text.ts";
import { Link } from "../../shell/link.tsx";
import { Fact } from "./fact.tsx";
import classes from "./settings.module.css";

export function Machine({ status }: { status: PeerStatus }) {
  const { name, peerId, listen, role, drive } = status;
  return (
    <dl className={classes["facts"]}>
      <Fact name="Name" more="Given at its start, with --name or in config.toml.">
        {name || "No name"}
      </Fact>
      <Fact name="Role" more={ROLE_TEXTS[role]}>
        {ROLE_NAMES[role]}
      </Fact>
      <Fact name="Its id">
        <Copied text={peerId} />
      </Fact>
      <Fact name="The drive’s id">
        <Copied text={drive} />
      </Fact>
      <Fact name="Reached at" more="Others connect to these addresses.">
        {listen.length > 0
          ? listen.map((address) => <Copied key={address} text={address} />)
          : "Nowhere: it only calls others."}
      </Fact>
      <Fact name="Limits">
        <Link href="/transfers" className={classes["link"]}>
          Set how fast it may send and receive
        </Link>
      </Fact>
    </dl>
  );
}

function Copied({ text }: { text: string }) {
  return (
    <span className={classes["id"]}>
      <span>{text}</span>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={copied ? "Copied" : `Copy ${text}`}
            onClick={copy}
          >
            {copied ? <CheckIcon size={12} /> : <CopyIcon size={12} />}
          </ActionIcon>
        )}
      </CopyButton>
    </span>
  );
}
