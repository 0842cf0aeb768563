import { Kbd, Modal } from "@mantine/core";

const KEYS = [
  ["g o", "Opportunities"],
  ["g r", "Review"],
  ["g p", "Portals"],
  ["g j", "Jobs"],
  ["g c", "Changed pages"],
  ["g s", "Subscriptions"],
  ["g t", "Statistics"],
  ["g n", "What needs a person"],
  ["g u", "People (admins)"],
  ["g k", "API keys (admins)"],
  ["g a", "Audit trail (admins)"],
  ["/", "Search on this screen"],
  ["↑ ↓ ← →", "Move in a table"],
  ["Home End PgUp PgDn", "Move further in a table"],
  ["Enter", "Show the evidence of a value"],
  ["j k", "Next or previous, in Review"],
  ["a", "Accept, or the same tender, in Review"],
  ["c", "Correct the value shown, in Review"],
  ["x", "Reject, or another tender, in Review"],
  ["Esc", "Close the panel"],
  ["?", "This list"],
] as const;

/** The keys of the dashboard. */
export function KeyboardGuide({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keyboard">
      <dl className="key-list">
        {KEYS.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              {keys.split(" ").map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
