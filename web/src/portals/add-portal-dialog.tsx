import { Modal } from "@mantine/core";
import { useState } from "react";
import type { Portal } from "../api/resources.ts";
import { AddressForm } from "./address-form.tsx";
import type { Learning } from "./learn-portal.ts";
import { LearningSteps } from "./learning-steps.tsx";

/** From an address to a portal that is watched: it is learnt while one looks on, its columns are shown, then it is kept. */
export function AddPortalDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [learning, setLearning] = useState<Learning | null>(null);
  const [before, setBefore] = useState<Portal | null>(null);
  const close = () => {
    setLearning(null);
    setBefore(null);
    onClose();
  };
  const tryOther = (portal: Portal) => {
    setBefore(portal);
    setLearning(null);
  };
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      size={learning ? "xl" : "md"}
      title={learning?.portal.name ?? (before ? "Try another address" : "Add a portal")}
    >
      {learning ? (
        <LearningSteps
          key={learning.jobId}
          learning={learning}
          onAgain={setLearning}
          onOther={tryOther}
          onDone={close}
        />
      ) : (
        <AddressForm key={before?.id ?? "new"} before={before} onLearning={setLearning} />
      )}
    </Modal>
  );
}
