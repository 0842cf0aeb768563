import { describe, expect, test } from "vitest";
import { learnPattern } from "./learn-pattern.ts";
import { compilePattern, matchPattern } from "./text-pattern.ts";

function parts(pattern: string, text: string): string[] | null {
  return matchPattern(compilePattern(pattern), text)?.map(([start, end]) => text.slice(start, end)) ?? null;
}

describe("a pattern", () => {
  test.each([
    [
      "No. {code}, {} ({date})",
      "No. 12-345, Smith v. Jones (May 2, 2024)",
      ["12-345", "Smith v. Jones", "May 2, 2024"],
    ],
    ["{code}. {}", "S19G0472. Wilkerson v. The State", ["S19G0472", "Wilkerson v. The State"]],
    ["{} - {time}", "12/05/2024 - 9:00 AM", ["12/05/2024", "9:00 AM"]],
    ["{}: {}", "Buyer: City: North", ["Buyer", "City: North"]],
    ["{} {code}, {}", "Lot 3, DP 30058, 222 Mill Lane", ["Lot 3, DP", "30058", "222 Mill Lane"]],
    ["{} {code}, {}", "Lot 345 DP 9940, 48 Mill Lane", ["Lot 345 DP", "9940", "48 Mill Lane"]],
    ["{code}: {}", "7: Road works", ["7", "Road works"]],
  ])("%s cuts a text into its parts", (pattern, text, expected) => {
    expect(parts(pattern, text)).toEqual(expected);
  });

  test("does not match a text that is built in another way", () => {
    expect(parts("No. {code}, {}", "Smith v. Jones")).toBeNull();
    expect(parts("No. {code}, {}", "No. 12th, Smith v. Jones")).toBeNull();
    expect(parts("{} ({date})", "Smith v. Jones (Published)")).toBeNull();
  });
});

describe("learning how texts are built", () => {
  test("finds codes and dates between words", () => {
    const texts = [
      "A-101: Road works, 2 May 2024",
      "B-202: School meals, 12 June 2024",
      "C-303: Bus shelters, 30 July 2024",
    ];

    expect(learnPattern(texts)).toBe("{code}: {}, {date}");
  });

  test("takes words that never change for a label", () => {
    expect(learnPattern(["Filed 2 May 2024", "Filed 3 May 2024", "Filed 11 May 2024"])).toBe("Filed {date}");
  });

  test("takes dashes inside of titles for no part of how texts are built, where others lack them", () => {
    const texts = ["Cleaning – Town Hall", "Sludge hauling", "Roof – Lincoln School", "Supplies – the Park", "Audit"];
    const pattern = learnPattern(texts.map((text, at) => `${text} (Due ${at + 1}/13/2019)`));

    expect(texts.map((text) => parts(pattern ?? "", `${text} (Due 4/1/2019)`))).toEqual(
      texts.map((text) => [text, "4/1/2019"]),
    );
  });

  test("leaves texts alone that have nothing in common", () => {
    expect(learnPattern(["Road works", "A meeting of the board", "Nothing (yet)", "See page 4"])).toBeNull();
  });
});
