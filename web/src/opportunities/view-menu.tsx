import { Button, Menu, TextInput } from "@mantine/core";
import { useState } from "react";
import { FailureNote } from "../elements/failure-note.tsx";
import { Icon } from "../elements/icon.tsx";
import type { OpportunitySearch } from "./opportunity-search.ts";
import { READY_VIEWS, useSavedViews } from "./saved-view.ts";

/** Lists to come back to: those that are there from the beginning, and one's own. */
export function ViewMenu({ search, onShow }: { search: OpportunitySearch; onShow: (view: OpportunitySearch) => void }) {
  const { views, save, remove } = useSavedViews();
  const [name, setName] = useState("");
  return (
    <Menu position="bottom-end" width={280} withinPortal={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="star" size={14} />}>
          Views
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {READY_VIEWS.map((view) => (
          <Menu.Item key={view.name} onClick={() => onShow(view.search)}>
            {view.name}
          </Menu.Item>
        ))}
        {views.length > 0 && <Menu.Divider />}
        {views.map((view) => (
          <Menu.Item key={view.name} onClick={() => onShow(view.search)}>
            {view.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {views.map((view) => (
          <Menu.Item
            key={view.name}
            color="red"
            leftSection={<Icon name="trash" size={14} />}
            closeMenuOnClick={false}
            onClick={() => remove.mutate(view.name)}
          >
            Remove “{view.name}”
          </Menu.Item>
        ))}
        <form
          className="view-form"
          onSubmit={(event) => {
            event.preventDefault();
            const wanted = name.trim();
            if (wanted === "") return;
            save.mutate({ name: wanted, search }, { onSuccess: () => setName("") });
          }}
        >
          <TextInput
            aria-label="Name of this view"
            placeholder="Name this view"
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            maxLength={100}
            onKeyDown={(event) => event.stopPropagation()}
          />
          <Button type="submit" variant="light" loading={save.isPending}>
            Save
          </Button>
        </form>
        {(save.error ?? remove.error) && <FailureNote error={save.error ?? remove.error} />}
      </Menu.Dropdown>
    </Menu>
  );
}
