/** Names found in the whole drive. */
import { useMemo } from "react";
import { Alert, Loader, TextInput } from "@mantine/core";
import { SearchIcon } from "@primer/octicons-react";
import { sentenceOf } from "../../api/api-error.ts";
import { countText } from "../../parts/byte-text.ts";
import { State } from "../../parts/state.tsx";
import { usePlace } from "../../shell/location.ts";
import { useSearch, type Search } from "../../parts/use-search.ts";
import { searchAddress } from "../../parts/search-address.ts";
import { goTo } from "../../shell/location.ts";
import { FoundList } from "./found-list.tsx";
import classes from "./search.module.css";

/** What the index gives at most; who has more to choose from types another letter. */
const FOUND_MAX = 200;

export default function Page() {
  const { search } = usePlace();
  const text = useMemo(() => new URLSearchParams(search).get("q") ?? "", [search]);
  const found = useSearch(text, FOUND_MAX);
  return (
    <div className={classes["page"]}>
      <div className={classes["bar"]}>
        <h1>Search</h1>
        <TextInput
          className={classes["field"] ?? ""}
          type="search"
          aria-label="Search names in the whole drive"
          placeholder="A part of a name"
          leftSection={<SearchIcon />}
          rightSection={found.busy && <Loader size="xs" />}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          value={text}
          onChange={(event) => goTo(searchAddress(event.currentTarget.value), { replace: true })}
        />
        <Summary text={text} found={found} />
      </div>
      <Found text={text} found={found} />
    </div>
  );
}

function Summary({ text, found: { answer } }: { text: string; found: Search }) {
  const count = answer?.entries.length ?? 0;
  return (
    <span className={classes["count"]} role="status">
      {text !== "" &&
        answer &&
        (answer.more ? `The first ${countText(count)}` : `${countText(count)} found`)}
    </span>
  );
}

function Found({ text, found: { answer, error, busy } }: { text: string; found: Search }) {
  if (text.trim() === "")
    return (
      <State
        kind="nothing-found"
        title="Find anything in the drive"
        text="Type a part of a name. Folders are searched as well."
      />
    );
  if (error)
    return (
      <State
        kind={error.code === "unavailable" ? "offline" : "error"}
        title="The drive cannot be searched now"
        text={sentenceOf(error)}
      />
    );
  if (!answer) return <State kind="loading" title="Searching…" />;
  return (
    <>
      {!answer.complete && (
        <Alert variant="light" m="sm" color="yellow">
          The index is still reading all names: there may be more than is shown here. Look again in
          a moment.
        </Alert>
      )}
      {answer.entries.length > 0 ? (
        <FoundList text={text} entries={answer.entries} />
      ) : (
        !busy && (
          <State
            kind="nothing-found"
            title="Nothing has such a name"
            text="Look for a shorter part of it: the letters must stand in the name as you type them."
          />
        )
      )}
    </>
  );
}
