import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

// react-aria carries its own few words in 34 languages; the page is in French.
function frenchOnly(): Plugin {
  return {
    name: "french-only",
    enforce: "pre",
    load(id) {
      return /[\\/]intl[\\/](?:.*[\\/])?(?!fr-FR)[a-z]{2}-[A-Z]{2}\.m?js$/.test(id) ? "export default {};" : null;
    },
  };
}

// The program embeds each file twice, as it is and compressed, and compresses nothing when it serves.
function compressed(folder: string): Plugin {
  return {
    name: "compressed",
    closeBundle() {
      for (const name of readdirSync(folder)) {
        if (/\.(js|css|svg)$/.test(name)) writeFileSync(join(folder, `${name}.gz`), gzipSync(readFileSync(join(folder, name)), { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  plugins: [frenchOnly(), react(), compressed("dist/assets")],
  build: {
    manifest: true,
    target: "es2022",
    assetsInlineLimit: 0, // nothing as a data: address, the security policy bars them
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": "http://localhost:8080", "/fiches": "http://localhost:8080" } },
  test: { include: ["{app,api,kit,usecases}/**/*.test.{ts,tsx}"] },
});
