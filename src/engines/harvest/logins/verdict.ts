import { findLogIn, learnPage, type LogInForm } from "#engines/extraction";
import { detectWall } from "#engines/browser";
import type { HarvestWall } from "../harvest-request.ts";
import { wallOf } from "../sources/page-wall.ts";
import type { LogInPage } from "./visitor.ts";

const LOCKED =
  /(?:account|user|profile|konto|compte|cuenta|conta|utente)[^.!?]{0,60}(?:lock|block|disabl|suspend|deactivat|gesperrt|bloqu|verrouill|bloccat|geblokkeerd|zablokowan)|too many (?:failed |incorrect |unsuccessful )?(?:log-?in |sign-?in )?attempts|zu viele (?:fehlgeschlagene )?(?:anmelde)?versuche|trop de tentatives|demasiados intentos/i;
const WRONG =
  /(?:incorrect|invalid|wrong|unknown|not recogni[sz]ed|do(?:es)? not match|did not match|falsch|ungültig|nicht korrekt|incorrecte?s?|invalide|inválid|incorrect[ao]s?|errat[oi]|non valid|onjuist|ongeldig|nieprawidłow|błędn)/i;
const CAPTCHA_BOX = /class=["'][^"']{0,300}\b(?:g-recaptcha|h-captcha|cf-turnstile)\b[^>]{0,500}>/i;
/** A page that is about nothing but signing in has few words beside its form. */
const FEW_WORDS = 2_500;

/** Whether the portal wants us signed in before it shows this page. A list with a log-in box in its header is a list. */
export function asksToSignIn({
  status,
  url,
  bytes,
  page,
}: Pick<LogInPage, "status" | "url" | "bytes" | "page">): boolean {
  if (status === 401) return true;
  const wall = wallOf({ status, url, bytes }, page);
  if (wall) return wall.kind === "login";
  if (!findLogIn(page)) return false;
  return visibleLength(bytes) <= FEW_WORDS && learnPage(page).recipe === null;
}

/** A CAPTCHA, a challenge, a limit or a locked account: nothing is typed, a person is asked. */
export function wallBeforeLogIn({ status, url, bytes, page }: LogInPage): HarvestWall | null {
  const html = new TextDecoder().decode(bytes);
  const wall = detectWall({ status, html, title: page.title, url });
  if (wall && wall.kind !== "login")
    return { kind: wall.kind, url, message: "The log-in stands behind a check that only a person can pass." };
  const box = CAPTCHA_BOX.exec(html)?.[0] ?? "";
  if (box !== "" && !/data-size=["']?invisible/i.test(box))
    return { kind: "captcha", url, message: "The log-in form has a CAPTCHA. A person has to sign in." };
  return null;
}

export function saysLocked({ bytes }: LogInPage): boolean {
  return LOCKED.test(visibleText(bytes));
}

export function saysWrong({ status, bytes }: LogInPage): boolean {
  return status === 401 || status === 403 || (visibleLength(bytes) <= FEW_WORDS && WRONG.test(visibleText(bytes)));
}

/** Every place that would learn what is typed into the form: its page, its frame, where it and its buttons send it. */
export function originsOf({ form, button, frame }: LogInForm, { url }: LogInPage): string[] {
  const places = [url, frame, form?.action, button?.formAction];
  return [...new Set(places.flatMap((place) => (place ? [URL.parse(place)?.origin ?? "null"] : [])))];
}

function visibleText(bytes: Uint8Array): string {
  return new TextDecoder()
    .decode(bytes)
    .replace(/<(script|style|template)\b[\s\S]*?<\/\1\s*>/gi, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
}

function visibleLength(bytes: Uint8Array): number {
  return visibleText(bytes).length;
}
