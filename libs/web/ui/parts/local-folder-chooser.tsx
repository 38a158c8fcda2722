/** Chooses a folder of the machine where Goliath runs. */
import { useEffect, useState } from "react";
import { Loader, Text, UnstyledButton } from "@mantine/core";
import { ArrowUpIcon, FileDirectoryFillIcon } from "@primer/octicons-react";
import { sentenceOf } from "../api/api-error.ts";
import type { Api } from "../api/methods.ts";
import { useSession } from "../shell/session.ts";
import classes from "./folder-chooser.module.css";

type Folders = Api["folders"]["result"];

export interface LocalFolderChooserProps {
  /** Told of each folder that is gone into: the one that is chosen. */
  onChoose(folder: { local: string; writable: boolean }): void;
}

export function LocalFolderChooser({ onChoose }: LocalFolderChooserProps) {
  const { client } = useSession();
  const [wanted, setWanted] = useState<string>();
  const [shown, setShown] = useState<Folders>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    const stop = new AbortController();
    client
      .call("folders", wanted === undefined ? {} : { local: wanted }, { signal: stop.signal })
      .then(
        (folders) => {
          setShown(folders);
          setError(undefined);
          onChoose({ local: folders.local, writable: folders.writable });
        },
        (thrown: unknown) => {
          if (!stop.signal.aborted) setError(sentenceOf(thrown));
        },
      );
    return () => stop.abort();
  }, [client, wanted, onChoose]);
  if (!shown) return error === undefined ? <Loader size="sm" /> : <Text c="red">{error}</Text>;
  const { parent } = shown;
  const below = (name: string): string => `${shown.local.replace(/[/\\]$/u, "")}/${name}`;
  return (
    <div className={classes["chooser"]}>
      <div className={classes["here"]}>{shown.local}</div>
      <ul aria-label={`Folders in ${shown.local}`}>
        {parent !== undefined && (
          <li>
            <UnstyledButton className={classes["folder"]} onClick={() => setWanted(parent)}>
              <ArrowUpIcon /> One folder up
            </UnstyledButton>
          </li>
        )}
        {shown.folders.map((name) => (
          <li key={name}>
            <UnstyledButton className={classes["folder"]} onClick={() => setWanted(below(name))}>
              <FileDirectoryFillIcon /> <span>{name}</span>
            </UnstyledButton>
          </li>
        ))}
        {shown.folders.length === 0 && <li className={classes["none"]}>No folders in here</li>}
      </ul>
      {error !== undefined && (
        <Text c="red" size="sm">
          {error}
        </Text>
      )}
    </div>
  );
}
