import { describe, expect, test } from "vitest";
import { dateFormatIn, writeDate } from "./date-format.ts";
import { dateIn, resolveDate } from "./moving-date.ts";

describe("a date that moves with the day", () => {
  test.each([
    ["today", "2026-03-31"],
    ["today-30d", "2026-03-01"],
    ["Today + 1d", "2026-04-01"],
    ["today-2w", "2026-03-17"],
    ["today-1m", "2026-02-28"],
    ["today+1m", "2026-04-30"],
    ["today-25m", "2024-02-29"],
    ["today-1y", "2025-03-31"],
    ["2026-02-28", "2026-02-28"],
  ])("%s is %s", (said, date) => {
    expect(resolveDate(said, "2026-03-31")).toBe(date);
  });

  test.each(["2026-02-30", "tomorrow", "today-", "today-3q", "today-99999d", "today-9999y", "31.03.2026", ""])(
    "%j is none",
    (said) => {
      expect(resolveDate(said, "2026-03-31")).toBeNull();
    },
  );

  test("begins at midnight of its zone", () => {
    const late = new Date("2026-03-31T22:30:00Z");

    expect(dateIn(late)).toBe("2026-03-31");
    expect(dateIn(late, "Europe/Berlin")).toBe("2026-04-01");
  });
});

describe("how a form wants its dates", () => {
  test.each([
    ["dd/mm/yyyy", "dd/MM/yyyy", "09/03/2026"],
    ["TT.MM.JJJJ", "dd.MM.yyyy", "09.03.2026"],
    ["jj/mm/aaaa", "dd/MM/yyyy", "09/03/2026"],
    ["Format: mm-dd-yyyy please", "MM-dd-yyyy", "03-09-2026"],
    ["YYYY-MM-DD", "yyyy-MM-dd", "2026-03-09"],
    ["d.m.yy", "d.M.yy", "9.3.26"],
    ["for example 31/12/2026", "dd/MM/yyyy", "09/03/2026"],
    ["e.g. 12/31/2026", "MM/dd/yyyy", "03/09/2026"],
    ["01.02.2026", "dd.MM.yyyy", "09.03.2026"],
    ["2026/12/31", "yyyy/MM/dd", "2026/03/09"],
  ])("%s", (said, format, written) => {
    expect(dateFormatIn(said)).toBe(format);
    expect(writeDate("2026-03-09", format)).toBe(written);
  });

  test.each(["", "Published from", "03/04/2026", "1.2.3.4", "and/or/any", "day/day/year"])(
    "%j does not tell",
    (said) => {
      expect(dateFormatIn(said)).toBeNull();
    },
  );
});
