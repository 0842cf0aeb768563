import { CopyButton, Tooltip, UnstyledButton } from "@mantine/core";

const SHOWN = 12;

/** The first digits of a SHA-256; a click copies all of it. */
export function ContentHash({ sha256 }: { sha256: string }) {
  return (
    <CopyButton value={sha256}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? "Copied" : `Copy ${sha256}`} multiline maw={280} style={{ overflowWrap: "anywhere" }}>
          <UnstyledButton className="content-hash" onClick={copy}>
            {sha256.slice(0, SHOWN)}…
          </UnstyledButton>
        </Tooltip>
      )}
    </CopyButton>
  );
}
