import { useRouter } from "@tanstack/react-router";
import { EmptyState } from "./elements/empty-state.tsx";
import { FailureNote } from "./elements/failure-note.tsx";
import { Screen } from "./elements/screen.tsx";

/** A screen that could not be shown. Trying again asks for all of it anew. */
export function ScreenFailure({ error }: { error: unknown }) {
  const router = useRouter();
  return (
    <Screen title="This screen cannot be shown">
      <FailureNote error={error} onRetry={() => void router.invalidate()} />
    </Screen>
  );
}

/** As long as nobody knows who is asking, there is nothing around what went wrong. */
export function DoorFailure({ error }: { error: unknown }) {
  return (
    <main className="door">
      <ScreenFailure error={error} />
    </main>
  );
}

export function NothingHere() {
  return (
    <Screen title="Not found">
      <EmptyState title="There is nothing at this address.">
        <p>The link may be old. The sections on the left have everything there is.</p>
      </EmptyState>
    </Screen>
  );
}
