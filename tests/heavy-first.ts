import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that start browsers and programs take up to a minute each. */
const HEAVY = /\/tests\/(browser|flows)\//;

/**
 * Long files first, so that no worker is left alone with one at the end. Vitest knows durations of earlier runs; on a bare
 * clone it has none, and the size of a file says little.
 */
export class HeavyFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isHeavy = ({ moduleId }: TestSpecification) => HEAVY.test(moduleId);
    return [...sorted.filter(isHeavy), ...sorted.filter((file) => !isHeavy(file))];
  }
}
