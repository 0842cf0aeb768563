import { Button, Menu } from "@mantine/core";
import type { OpportunityQuery } from "../api/resources.ts";
import { Icon } from "../elements/icon.tsx";

const FORMATS = [
  ["csv", "CSV"],
  ["json", "JSON"],
  ["ndjson", "NDJSON"],
  ["ocds.json", "OCDS 1.1.5"],
] as const;

/** All that matches, also what was not scrolled to, as a file. */
export function ExportMenu({ query }: { query: OpportunityQuery }) {
  const asked = Object.entries(query).map(([name, value]) => [name, String(value)]);
  const address = (format: string) => `/api/v1/opportunities.${format}?${new URLSearchParams(asked).toString()}`;
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="download" size={14} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map(([format, name]) => (
          <Menu.Item key={format} component="a" href={address(format)} download>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
