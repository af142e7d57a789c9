import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Puts a packed twin beside each asset, so that the server packs nothing while it answers. */
function pack(): Plugin {
  let folder = "";
  return {
    name: "pack",
    apply: "build",
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir, "assets");
    },
    async closeBundle() {
      for (const name of await readdir(folder)) {
        if (/\.(js|css|svg|json)$/.test(name)) {
          const path = join(folder, name);
          await writeFile(`${path}.gz`, gzipSync(await readFile(path), { level: 9 }));
        }
      }
    },
  };
}

export default defineConfig({
  base: "/console/",
  plugins: [react(), pack()],
  resolve: { alias: { "#": join(import.meta.dirname, "src") } },
  build: {
    outDir: process.env.CONSOLE_OUT ?? "../src/ostiary/server/console/files",
    emptyOutDir: true,
    target: "es2022",
    // The pages' security policy takes fonts and pictures from files alone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
});
