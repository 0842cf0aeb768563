import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./styles.css";
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "./api/query-client.ts";
import { createDashboardRouter } from "./router.tsx";
import { readNext } from "./session/next-address.ts";
import { session } from "./session/session-queries.ts";
import { theme } from "./theme.ts";

const colorScheme = localStorageColorSchemeManager({ key: "gleaner-color-scheme" });
const queryClient = createQueryClient(() => signInAgain());
const router = createDashboardRouter(queryClient);

/** The session has ended: the person signs in, and comes back to where they were. */
function signInAgain(): void {
  const { pathname, href } = router.state.location;
  if (pathname === "/sign-in") return;
  queryClient.removeQueries({ queryKey: session.queryKey });
  void router.navigate({ to: "/sign-in", search: readNext({ next: href }) });
}

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colorScheme}>
        <QueryClientProvider client={queryClient}>
          <Notifications position="bottom-right" limit={3} />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
