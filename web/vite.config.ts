import { defineConfig } from "vite";

const API = "http://127.0.0.1:8000";

/** `npm run dev -w web` serves the sources beside a running Gleaner; a build goes to dist/web, which the API serves. */
export default defineConfig({
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2024",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      // Every component library says "use client", which means nothing where there is no server rendering.
      onwarn: (warning, warn) => (warning.code === "MODULE_LEVEL_DIRECTIVE" ? undefined : warn(warning)),
    },
  },
  server: { proxy: { "/api": API, "/health": API, "/docs": API, "/openapi.json": API } },
});
