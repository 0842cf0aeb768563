import { Modal } from "@mantine/core";
import { SecretOnce } from "../elements/secret-once.tsx";

/** A password that was made for somebody, shown this once. */
export function NewPassword({ name, password, onClose }: { name: string; password: string; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} closeOnClickOutside={false} title={`Password of ${name}`}>
      <SecretOnce secret={password} onClose={onClose}>
        Pass it on now, it cannot be shown again. {name} can choose another one after signing in.
      </SecretOnce>
    </Modal>
  );
}
