import { expect, test } from "vitest";
import { regionOf } from "./page-region.ts";
import { pageOf } from "./testing.ts";

test.each([
  ['<html lang="en">', "https://planning.example.com.au/list", "en-AU"],
  ['<html lang="en-US">', "https://council.example.co.uk/", "en-GB"],
  ['<html lang="de">', "https://vergabe.example.de/", "de-DE"],
  ["<html>", "https://court.example.gov/", "en-US"],
  ['<html lang="fr-CA">', "https://example.com/", "fr-CA"],
  ["<html>", "https://example.com/", undefined],
  ["<html>", "https://startup.io/", undefined],
])("%s at %s is from %s", (html, url, region) => {
  expect(regionOf(pageOf(html, url))).toBe(region);
});
