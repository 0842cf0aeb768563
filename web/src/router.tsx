import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { readAuditSearch } from "./audit/audit-search.ts";
import { readJobSearch } from "./jobs/job-search.ts";
import { readOpportunitySearch } from "./opportunities/opportunity-search.ts";
import { readPortalListSearch, readPortalSearch } from "./portals/portal-search.ts";
import { readReviewSearch } from "./review/review-search.ts";
import { readNext } from "./session/next-address.ts";
import { DoorFailure, NothingHere, ScreenFailure } from "./route-failures.tsx";
import { session } from "./session/session-queries.ts";
import { Shell } from "./shell.tsx";
import { readSubscriptionSearch } from "./subscriptions/subscription-search.ts";
import { readStatisticsSearch } from "./statistics/statistics-search.ts";

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({});

/** Who has to sign in first is sent to do so, and comes back here. */
const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "shell",
  component: Shell,
  errorComponent: DoorFailure,
  beforeLoad: async ({ context: { queryClient }, location }) => {
    const { isSignInRequired, who } = await queryClient.ensureQueryData({ ...session, revalidateIfStale: true });
    if (isSignInRequired && !who) throw redirect({ to: "/sign-in", search: readNext({ next: location.href }) });
  },
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: readNext,
  beforeLoad: async ({ context: { queryClient } }) => {
    const { isSignInRequired, who } = await queryClient.ensureQueryData(session);
    if (!isSignInRequired || who) throw redirect({ to: "/", replace: true });
  },
  component: lazyRouteComponent(() => import("./session/sign-in-screen.tsx"), "SignInScreen"),
});

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/opportunities", replace: true });
  },
});

const opportunitiesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/opportunities",
  validateSearch: readOpportunitySearch,
  component: lazyRouteComponent(() => import("./opportunities/opportunity-screen.tsx"), "OpportunityScreen"),
});

const reviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/review",
  validateSearch: readReviewSearch,
  component: lazyRouteComponent(() => import("./review/review-screen.tsx"), "ReviewScreen"),
});

const portalsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/portals",
  validateSearch: readPortalListSearch,
  component: lazyRouteComponent(() => import("./portals/portal-list-screen.tsx"), "PortalListScreen"),
});

const portalRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/portals/$portalId",
  validateSearch: readPortalSearch,
  component: lazyRouteComponent(() => import("./portals/portal-screen.tsx"), "PortalScreen"),
});

const jobsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/jobs",
  validateSearch: readJobSearch,
  component: lazyRouteComponent(() => import("./jobs/job-list-screen.tsx"), "JobListScreen"),
});

const jobRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/jobs/$jobId",
  component: lazyRouteComponent(() => import("./jobs/job-screen.tsx"), "JobScreen"),
});

const healsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/healing",
  validateSearch: ({ portalId, state }: Record<string, unknown>): { portalId?: string; state?: "waiting" } => ({
    ...(typeof portalId === "string" ? { portalId } : {}),
    ...(state === "waiting" ? { state } : {}),
  }),
  component: lazyRouteComponent(() => import("./healing/heal-list-screen.tsx"), "HealListScreen"),
});

const healRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/healing/$healId",
  component: lazyRouteComponent(() => import("./healing/heal-screen.tsx"), "HealScreen"),
});

const subscriptionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/subscriptions",
  validateSearch: readSubscriptionSearch,
  component: lazyRouteComponent(() => import("./subscriptions/subscription-list-screen.tsx"), "SubscriptionListScreen"),
});

const attentionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/attention",
  component: lazyRouteComponent(() => import("./attention/attention-screen.tsx"), "AttentionScreen"),
});

const peopleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/people",
  component: lazyRouteComponent(() => import("./people/user-list-screen.tsx"), "UserListScreen"),
});

const keysRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/keys",
  component: lazyRouteComponent(() => import("./keys/key-list-screen.tsx"), "KeyListScreen"),
});

const auditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/audit",
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import("./audit/audit-screen.tsx"), "AuditScreen"),
});

const statisticsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/statistics",
  validateSearch: readStatisticsSearch,
  component: lazyRouteComponent(() => import("./statistics/statistics-screen.tsx"), "StatisticsScreen"),
});

/** Whatever else is asked for, within the shell. */
const nothingRoute = createRoute({ getParentRoute: () => shellRoute, path: "$", component: NothingHere });

const routeTree = rootRoute.addChildren([
  signInRoute,
  shellRoute.addChildren([
    homeRoute,
    opportunitiesRoute,
    reviewRoute,
    portalsRoute,
    portalRoute,
    jobsRoute,
    jobRoute,
    healsRoute,
    statisticsRoute,
    healRoute,
    subscriptionsRoute,
    attentionRoute,
    peopleRoute,
    keysRoute,
    auditRoute,
    nothingRoute,
  ]),
]);

/** Every screen is a file of its own, loaded when it is first gone to, or nearly. */
export function createDashboardRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: "intent",
    scrollRestoration: true,
    defaultErrorComponent: ScreenFailure,
    defaultNotFoundComponent: NothingHere,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createDashboardRouter>;
  }
}
