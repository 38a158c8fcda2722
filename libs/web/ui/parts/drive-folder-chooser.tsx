/** Chooses a folder of the drive. */
import { useEffect, useState } from "react";
import { Loader, Text, UnstyledButton } from "@mantine/core";
import { ArrowUpIcon, FileDirectoryFillIcon } from "@primer/octicons-react";
import { sentenceOf } from "../api/api-error.ts";
import { useSession } from "../shell/session.ts";
import { joinPath, parentOf } from "./drive-path.ts";
import classes from "./folder-chooser.module.css";

/** Pages that are looked through for folders; more is a folder of files. */
const PAGES_MAX = 5;

export interface DriveFolderChooserProps {
  path: string;
  onChoose(path: string): void;
}

export function DriveFolderChooser({ path, onChoose }: DriveFolderChooserProps) {
  const folders = useFolders(path);
  return (
    <div className={classes["chooser"]}>
      <div className={classes["here"]}>{path === "/" ? "Drive" : path}</div>
      <ul aria-label={`Folders in ${path}`}>
        {path !== "/" && (
          <li>
            <UnstyledButton className={classes["folder"]} onClick={() => onChoose(parentOf(path))}>
              <ArrowUpIcon /> One folder up
            </UnstyledButton>
          </li>
        )}
        {folders === undefined && (
          <li className={classes["none"]}>
            <Loader size="xs" />
          </li>
        )}
        {folders && "error" in folders && (
          <li className={classes["none"]}>
            <Text c="red" size="sm">
              {folders.error}
            </Text>
          </li>
        )}
        {folders && "names" in folders && folders.names.length === 0 && (
          <li className={classes["none"]}>No folders in here</li>
        )}
        {folders &&
          "names" in folders &&
          folders.names.map((name) => (
            <li key={name}>
              <UnstyledButton
                className={classes["folder"]}
                onClick={() => onChoose(joinPath(path, name))}
              >
                <FileDirectoryFillIcon /> <span>{name}</span>
              </UnstyledButton>
            </li>
          ))}
      </ul>
    </div>
  );
}

function useFolders(path: string): { names: string[] } | { error: string } | undefined {
  const { client } = useSession();
  const [found, setFound] = useState<
    { path: string; names: string[] } | { path: string; error: string }
  >();
  useEffect(() => {
    const stop = new AbortController();
    const look = async (): Promise<void> => {
      const names: string[] = [];
      let after: string | undefined;
      for (let page = 0; page < PAGES_MAX; page++) {
        const params = { path, ...(after !== undefined && { after }) };
        const listed = await client.call("ls", params, { signal: stop.signal });
        names.push(...listed.entries.filter(({ kind }) => kind === "dir").map(({ name }) => name));
        after = listed.next;
        if (after === undefined) break;
      }
      setFound({ path, names });
    };
    look().catch((thrown: unknown) => {
      if (!stop.signal.aborted) setFound({ path, error: sentenceOf(thrown) });
    });
    return () => stop.abort();
  }, [client, path]);
  return found?.path === path ? found : undefined;
}
