import { escapeUTF8 } from "entities";
import type { JsonValue } from "#kernel";
import type { StoredOpportunity } from "../opportunities/opportunity.ts";
import type { News } from "./opportunity-news.ts";
import type { Subscription, SubscriptionEvent } from "./subscription.ts";

/** A piece of news with the opportunity as it is now. */
export interface ToldNews {
  news: News;
  opportunity: StoredOpportunity;
}

export interface NoticeContent {
  kind: "at_once" | "digest" | "test";
  told: readonly ToldNews[];
  /** Where people reach the dashboard. */
  publicUrl: string;
  now: Date;
}

const TITLES: Readonly<Record<SubscriptionEvent, string>> = {
  new: "New",
  changed: "Changed",
  deadline_amended: "Deadline moved",
  vanished: "No longer listed",
};
/** In one mail; what is beyond is counted, and seen in the dashboard. */
const SHOWN = 100;
const LONGEST_VALUE = 300;

/** The message for programs. */
export function webhookBody({ id, name }: Subscription, { kind, told, publicUrl, now }: NoticeContent): JsonValue {
  return {
    type: kind === "test" ? "subscription.test" : "subscription.news",
    subscription: { id, name },
    cadence: kind,
    sentAt: now.toISOString(),
    news: told.map(({ news, opportunity }) => ({
      event: news.kind,
      at: news.at.toISOString(),
      changes: news.changes.map(({ field, before, after }) => ({ field, before: plain(before), after: plain(after) })),
      opportunity: plain({
        id: opportunity.id,
        portalId: opportunity.portalId,
        ...opportunity.opportunity,
        rawText: undefined,
        dashboardUrl: linkTo(publicUrl, opportunity.id),
      }),
    })),
  };
}

/** The message for people. All that pages said is escaped, and no address of theirs is more than a link. */
export function emailOf(
  { name }: Pick<Subscription, "name">,
  content: NoticeContent,
  unsubscribeUrl: string,
): { subject: string; text: string; html: string; unsubscribeUrl: string } {
  const { kind, told, publicUrl } = content;
  const shown = told.slice(0, SHOWN);
  const called = `“${oneLine(name)}”`;
  const heading = kind === "test" ? `A test of ${called}` : `${countOf(told.length)} for ${called}`;
  const beyond = told.length - shown.length;
  const more = beyond > 0 ? `${beyond} more are in the dashboard: ${publicUrl}/opportunities` : "";
  const none = kind === "test" ? "This is what a message looks like. Nothing has happened yet." : "";
  const text = [
    heading,
    none,
    ...shown.map((each) => asText(each, publicUrl)),
    more,
    `Stop these messages: ${unsubscribeUrl}`,
  ];
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><body style="font-family:sans-serif;max-width:44rem;margin:auto;padding:1rem">
<h1 style="font-size:1.2rem">${escapeUTF8(heading)}</h1>${none === "" ? "" : `<p>${escapeUTF8(none)}</p>`}
${shown.map((each) => asHtml(each, publicUrl)).join("\n")}
${more === "" ? "" : `<p>${escapeUTF8(more)}</p>`}
<p style="color:#555;font-size:.85rem"><a href="${escapeUTF8(unsubscribeUrl)}">Stop these messages</a></p></body></html>`;
  return { subject: heading, text: text.filter((part) => part !== "").join("\n\n"), html, unsubscribeUrl };
}

function asText({ news, opportunity }: ToldNews, publicUrl: string): string {
  const changes = news.changes.map(({ field, before, after }) => `  ${field}: ${brief(before)} → ${brief(after)}`);
  const facts = factsOf(opportunity).map((fact) => `  ${fact}`);
  const title = oneLine(opportunity.opportunity.title);
  return [`${TITLES[news.kind]}: ${title}`, ...facts, ...changes, `  ${linkTo(publicUrl, opportunity.id)}`].join("\n");
}

function asHtml({ news, opportunity }: ToldNews, publicUrl: string): string {
  const changes = news.changes.map(
    ({ field, before, after }) =>
      `<li>${escapeUTF8(field)}: <del>${escapeUTF8(brief(before))}</del> → <ins>${escapeUTF8(brief(after))}</ins></li>`,
  );
  const link = escapeUTF8(linkTo(publicUrl, opportunity.id));
  const title = escapeUTF8(oneLine(opportunity.opportunity.title));
  const facts = factsOf(opportunity).map(escapeUTF8).join(" · ");
  return `<div style="border-top:1px solid #ddd;padding:.75rem 0"><strong>${TITLES[news.kind]}</strong><br>
<a href="${link}">${title}</a><br>${facts}${changes.length > 0 ? `<ul>${changes.join("")}</ul>` : ""}</div>`;
}

function factsOf({ opportunity }: StoredOpportunity): string[] {
  const { referenceNumber, agency, closingDate, estimatedValue } = opportunity;
  const facts = [referenceNumber, agency, closingDate && `closes ${closingDate}`, estimatedValue];
  return facts.flatMap((fact) => (fact === undefined || fact === "" ? [] : [oneLine(fact)]));
}

function countOf(count: number): string {
  return count === 1 ? "One piece of news" : `${count} pieces of news`;
}

function linkTo(publicUrl: string, id: string): string {
  return `${publicUrl}/opportunities?open=${encodeURIComponent(id)}`;
}

function brief(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  return oneLine(typeof value === "string" ? value : JSON.stringify(value));
}

function oneLine(text: string): string {
  const flat = text.replace(/[\p{Cc}\s]+/gu, " ").trim();
  return flat.length > LONGEST_VALUE ? `${flat.slice(0, LONGEST_VALUE - 1)}…` : flat;
}

/** A value as JSON has it: what is absent is left out. */
function plain(value: unknown): JsonValue {
  const parsed: JsonValue = JSON.parse(JSON.stringify(value ?? null));
  return parsed;
}
