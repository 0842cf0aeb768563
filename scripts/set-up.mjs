// Run to prepare a clone without starting anything: `npm run setup`. `npm start` and `npm test` do the same first.
import { runScript } from "./set-up/set-up-failure.mjs";
import { setUp } from "./set-up/set-up.mjs";

await runScript(async () => {
  await setUp({ library: true });
  console.error("gleaner set-up: ready. Try: npx gleaner --help");
  return 0;
});
