import fc from "fast-check";
import { expect, test } from "vitest";
import { addressesOf, addressOfPage, hasPageParameter, numberDifference, pageOfAddress } from "./address-numbers.ts";

test("addresses that differ in one number share a pattern", () => {
  expect(numberDifference("https://a.example/l?s=5&p=2", "https://a.example/l?s=5&p=3#top")).toEqual({
    template: "https://a.example/l?s=5&p={n}",
    from: 2,
    to: 3,
  });
  expect(numberDifference("https://a.example/l?s=5&p=2", "https://a.example/l?s=6&p=3")).toBeNull();
  expect(numberDifference("https://a.example/l", "https://a.example/l?p=3")).toBeNull();
});

test.each([
  "https://a.example/?page=2",
  "https://a.example/x/page/3/",
  "https://a.example/list-2.html?offset=40",
  "https://a.example/l/p8",
  "https://a.example/index3.html",
])("%s carries a page", (url) => {
  expect(hasPageParameter(url)).toBe(true);
});

test.each(["https://a.example/2024/05/notice", "https://a.example/?id=77", "https://a.example/homepage"])(
  "%s carries none",
  (url) => {
    expect(hasPageParameter(url)).toBe(false);
  },
);

test("dates that rise like pages are no pages", () => {
  const days = [1, 2, 3].map((page) => ({ page, url: `https://a.example/?day=2024010${String(page)}` }));

  expect(addressesOf(days)).toBeNull();
});

test("every page finds its address and every address its page", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.constantFrom(1, 10, 20, 25),
      fc.constantFrom(0, 1),
      (page, step, first) => {
        const addresses = { template: "https://a.example/list?start={n}&sort=date", first, step };

        expect(pageOfAddress(addresses, addressOfPage(addresses, page))).toBe(page);
      },
    ),
  );
});
