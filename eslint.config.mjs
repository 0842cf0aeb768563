import js from "@eslint/js";
import tseslint from "typescript-eslint";

const FORBIDDEN_NETWORK = ["fetch", "WebSocket", "EventSource", "XMLHttpRequest"].map((name) => ({
  name,
  message: "Every request goes through platform/egress, where addresses are guarded.",
}));

/** Rules that need no types run in seconds; what types can say is checked by tsc and tests/architecture. */
export default tseslint.config(
  {
    ignores: [
      "node_modules",
      "dist",
      "coverage",
      "bench/node_modules",
      "**/*.d.mts",
      "web/src/api/api-schema.d.ts",
      "integrations/convex/convex/_generated",
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    languageOptions: { parserOptions: { projectService: false } },
    rules: {
      "max-lines": ["error", { max: 400 }],
      "max-lines-per-function": ["warn", { max: 80, skipBlankLines: true, skipComments: true }],
      "max-depth": ["error", 4],
      complexity: ["error", 25],
      "no-restricted-globals": ["error", ...FORBIDDEN_NETWORK],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Named exports only." },
        { selector: "ExportAllDeclaration", message: "A door names what it lets out." },
        { selector: "TSEnumDeclaration", message: "Use a union of string literals." },
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: "platform/config is the only reader of the environment.",
        },
      ],
      "no-console": "error",
      eqeqeq: ["error", "always"],
      "prefer-const": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "inline-type-imports", prefer: "type-imports" },
      ],
    },
  },
  {
    files: ["src/platform/egress/**/*.ts", "src/platform/config/**/*.ts"],
    rules: { "no-restricted-globals": "off" },
  },
  { files: ["src/platform/config/**/*.ts"], rules: { "no-restricted-syntax": "off" } },
  { files: ["src/platform/storage/migrations/*.ts"], rules: { "@typescript-eslint/no-explicit-any": "off" } },
  {
    files: ["**/*.test.ts", "tests/**", "bench/**", "**/testing.ts"],
    rules: {
      "max-lines": ["error", { max: 600 }],
      "max-lines-per-function": "off",
      "no-restricted-globals": "off",
      "no-restricted-syntax": "off",
      "no-console": "off",
    },
  },
  {
    files: ["scripts/**", "bin/**", "bench/**", "*.mjs", "web/*.mjs", "*.config.ts"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        URL: "readonly",
        setTimeout: "readonly",
        clearTimeout: "readonly",
        performance: "readonly",
        fetch: "readonly",
        Buffer: "readonly",
        AbortSignal: "readonly",
      },
    },
    rules: { "no-restricted-syntax": "off", "no-restricted-globals": "off", "no-console": "off" },
  },
  { files: ["src/surfaces/cli/**"], rules: { "no-console": "off" } },
  {
    files: ["web/**"],
    languageOptions: {
      globals: {
        document: "readonly",
        DOMException: "readonly",
        URL: "readonly",
        URLSearchParams: "readonly",
        setInterval: "readonly",
        clearInterval: "readonly",
        createImageBitmap: "readonly",
      },
    },
  },
  // The dashboard is a client of the API that serves it, and asks nobody else; its policy says so to the browser too.
  {
    files: ["web/src/api/**"],
    rules: { "no-restricted-globals": "off" },
    languageOptions: {
      globals: { Blob: "readonly", EventSource: "readonly", WebSocket: "readonly", window: "readonly" },
    },
  },
  // Convex finds schema, routes and crons by their default export, and calls out from actions with the fetch of its runtime;
  // nothing of Gleaner runs there. One file asks Gleaner, one reads the deployment's environment.
  {
    files: ["integrations/convex/convex/{schema,http,crons}.ts", "integrations/convex/convex/scraping/settings.ts"],
    rules: { "no-restricted-syntax": "off" },
  },
  { files: ["integrations/convex/convex/scraping/agent.ts"], rules: { "no-restricted-globals": "off" } },
  { files: ["integrations/convex/convex/scraping/actions.ts"], rules: { "no-console": "off" } },
  // A configuration of the bundler has no other way out than a default export.
  { files: ["web/vite.config.ts"], rules: { "no-restricted-syntax": "off" } },
);
