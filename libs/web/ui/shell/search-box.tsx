/** The search in the head of every page: the best few as one types, all of them on Enter. */
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { Combobox, Loader, TextInput, useCombobox } from "@mantine/core";
import { SearchIcon } from "@primer/octicons-react";
import { nameOf, parentOf } from "../parts/drive-path.ts";
import { EntryIcon } from "../parts/entry-icon.tsx";
import { Highlighted } from "../parts/highlighted.tsx";
import { foundAddress, searchAddress } from "../parts/search-address.ts";
import { useSearch } from "../parts/use-search.ts";
import { goTo } from "./location.ts";
import classes from "./search-box.module.css";

const SHOWN_MAX = 8;
const ALL = "all";

export default function SearchBox() {
  const [text, setText] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const { answer, busy } = useSearch(text, SHOWN_MAX);
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  useSlash(field);
  const entries = text.trim() === "" ? [] : (answer?.entries ?? []);
  const submit = (value: string): void => {
    box.closeDropdown();
    const entry = entries.find(({ path }) => path === value);
    goTo(entry ? foundAddress(entry) : searchAddress(text.trim()));
    setText("");
    field.current?.blur();
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key === "Escape") setText("");
    // With nothing chosen among the few, all of them.
    if (event.key === "Enter" && box.getSelectedOptionIndex() < 0 && text.trim() !== "")
      submit(ALL);
  };
  return (
    <Combobox store={box} onOptionSubmit={submit} withinPortal>
      <Combobox.Target>
        <TextInput
          ref={field}
          type="search"
          size="sm"
          aria-label="Search the drive"
          placeholder="Search the drive"
          leftSection={<SearchIcon />}
          rightSection={busy ? <Loader size="xs" /> : <kbd className={classes["slash"]}>/</kbd>}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            box.openDropdown();
          }}
          onFocus={() => text !== "" && box.openDropdown()}
          onBlur={() => box.closeDropdown()}
          onKeyDown={key}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={text.trim() === "" || !answer}>
        <Combobox.Options aria-label="Found">
          {entries.map((entry) => (
            <Combobox.Option
              key={entry.path}
              value={entry.path}
              className={classes["option"] ?? ""}
            >
              <EntryIcon name={nameOf(entry.path)} kind={entry.kind} />
              <span className={classes["name"]}>
                <Highlighted name={nameOf(entry.path)} text={text} />
              </span>
              <span className={classes["folder"]}>{parentOf(entry.path)}</span>
            </Combobox.Option>
          ))}
          {answer && !answer.complete && (
            <Combobox.Empty>The index is still reading all names.</Combobox.Empty>
          )}
          {answer && entries.length === 0 && (
            <Combobox.Empty>Nothing has such a name</Combobox.Empty>
          )}
          {answer?.more && (
            <Combobox.Option value={ALL} className={classes["option"] ?? ""}>
              Show all that was found
            </Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** `/` goes to the search from anywhere but where it is a letter. */
function useSlash(field: { current: HTMLInputElement | null }): void {
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent): void => {
      const typing =
        event.target instanceof HTMLElement &&
        event.target.closest("input, textarea, [role=dialog]");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      field.current?.focus();
    };
    // Before the list takes it for the letter of a name.
    addEventListener("keydown", press, { capture: true });
    return () => removeEventListener("keydown", press, { capture: true });
  }, [field]);
}
