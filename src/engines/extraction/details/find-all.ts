import type { Page } from "../page/page.ts";
import { contentIndexOf } from "./content-index.ts";
import { findClasses } from "./find-classes.ts";
import { findEmbedded } from "./find-embedded.ts";
import { findLabels } from "./find-labels.ts";
import { findLabelsInLine } from "./find-labels-in-line.ts";
import { findLaidOutLabels } from "./find-laid-out-labels.ts";
import { findPageFacts } from "./find-page-facts.ts";
import { findSections } from "./find-sections.ts";
import type { Findings } from "./finding.ts";

const known = new WeakMap<Page, Map<boolean, Findings>>();

/**
 * Everything that any rule would find on a page, surest rules first. Learning picks from it, applying looks up in it, so
 * that both always mean the same by a rule.
 */
export function findAll(page: Page, embedded: boolean): Findings {
  const kept = known.get(page) ?? new Map<boolean, Findings>();
  known.set(page, kept);
  let findings = kept.get(embedded);
  if (!findings) kept.set(embedded, (findings = collect(page, embedded)));
  return findings;
}

function collect(page: Page, embedded: boolean): Findings {
  const findings: Findings = new Map();
  const index = contentIndexOf(page);
  findEmbedded(index, embedded, findings);
  findPageFacts(index, findings);
  findLabelsInLine(index, findings);
  findLabels(index, findings);
  findLaidOutLabels(index, findings);
  findSections(index, findings);
  findClasses(index, findings);
  return findings;
}
