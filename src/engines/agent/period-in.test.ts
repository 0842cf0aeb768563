import { expect, test } from "vitest";
import { periodIn } from "./period-in.ts";

test.each([
  ["Notices of the last 30 days", "today-30d"],
  ["not the last tender but those of the past 2 weeks", "today-2w"],
  ["tenders of the last month", "today-1m"],
  ["Ausschreibungen der letzten 14 Tage", "today-14d"],
  ["les avis des 30 derniers jours", "today-30d"],
  ["avisos de los últimos 6 meses", "today-6m"],
  ["i bandi degli ultimi 10 giorni", "today-10d"],
])("%s", (words, from) => {
  expect(periodIn(words)).toEqual([
    { name: "from", value: from, type: "date" },
    { name: "to", value: "today", type: "date" },
  ]);
});

test.each(["All open tenders", "the last tenders", "30 days to answer", "last name first", ""])(
  "%j speaks of no period",
  (words) => {
    expect(periodIn(words)).toEqual([]);
  },
);
