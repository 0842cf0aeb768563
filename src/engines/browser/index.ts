export { BrowserPool, type BrowserPoolOptions, type PoolStatus, type SessionOptions } from "./browser-pool.ts";
export { BrowserSession } from "./browser-session.ts";
export type { SecretKeyboard } from "./secret-keyboard.ts";
export {
  BrowserCrashed,
  BrowserNotStarted,
  BrowsersBusy,
  ElementNotActionable,
  NotAPage,
  InputOverflow,
  NotTakenOver,
  SecretNotTyped,
  SessionClosed,
} from "./errors.ts";
export type { Fence, PageFence } from "./fence.ts";
export type { Dismissal } from "./in-page/dialogs.ts";
export type { LiveTab } from "./live-tab.ts";
export { MODIFIERS, PERSON_KEYS, type PersonInput } from "./person-input.ts";
export { FrameFan, type LiveFrame, type OnFrame } from "./frame-fan.ts";
export type { LaunchOptions } from "./launch-browser.ts";
export type { SeenJson } from "./network-watch.ts";
export type { Snapshot } from "./page-content.ts";
export { bundledChromium, resolveChromium, type ChromiumSource, type FoundChromium } from "./resolve-chromium.ts";
export type { ScreenshotOptions } from "./screenshot.ts";
export type { SentForm } from "./send-form.ts";
export type { StoredPage } from "./show-stored.ts";
export { detectWall, type PageFacts, type Wall, type WallKind } from "./wall.ts";
export type { ElementTarget, Navigation, StepOptions, StepOutcome } from "./session-step.ts";
