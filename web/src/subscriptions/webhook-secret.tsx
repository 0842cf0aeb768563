import { SecretOnce } from "../elements/secret-once.tsx";

/** What a webhook's messages are signed with, shown this once. */
export function WebhookSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <SecretOnce secret={secret} onClose={onClose}>
      Give it to the receiving program now: with it, that program checks that messages come from here. It cannot be
      shown again.
    </SecretOnce>
  );
}
