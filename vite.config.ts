import { defineConfig, type Plugin } from 'vite';

/**
 * By a name that the compiler does not follow: the types of vite-plugin-pwa (and of the workbox packages behind it) do not stand on their
 * own, they name packages that are not there and globals of a worker.
 */
const pwa: string = 'vite-plugin-pwa';
const { VitePWA } = (await import(pwa)) as { VitePWA: (options: Record<string, unknown>) => Plugin[] };

/** Pages that open without a network: their chunk by its source. */
const keptPages = ['cab/cab.tsx', 'cab/record-page.tsx', 'reception/reception.tsx', 'station/station.tsx'];

/** Notes which files those pages load: the entry, their chunks, all that these import, and the styles of each. */
function noteKeptFiles(kept: Set<string>): Plugin {
  return {
    name: 'kept-files',
    apply: 'build',
    generateBundle(_options, bundle) {
      const take = (file: string): void => {
        const chunk = bundle[file];
        if (kept.has(file) || chunk?.type !== 'chunk') return;
        kept.add(file);
        for (const style of chunk.viteMetadata?.importedCss ?? []) kept.add(style);
        for (const imported of chunk.imports) take(imported);
      };
      for (const [file, chunk] of Object.entries(bundle)) {
        if (chunk.type !== 'chunk') continue;
        if (chunk.isEntry || keptPages.some(page => chunk.facadeModuleId?.endsWith(page))) take(file);
      }
    },
  };
}

const keptFiles = new Set(['index.html', 'favicon.svg', 'icon-192.png', 'icon-512.png', 'icon-round.png', 'manifest.webmanifest']);

export default defineConfig({
  root: 'client',
  // The page is served under a content security policy without inline scripts: no polyfill for module preloading is injected.
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: ['chrome90', 'safari15.4'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [
    noteKeptFiles(keptFiles),
    VitePWA({
      // The pages that want it register it themselves, each for its own scope (client/cab/shell.ts).
      injectRegister: false,
      // A new version waits until the operator is off duty and says so.
      registerType: 'prompt',
      // In client/public: the page that may be installed names it, the office's pages do not.
      manifest: false,
      includeAssets: [],
      workbox: {
        globPatterns: ['**/*.{html,js,css,svg,png,webmanifest}'],
        manifestTransforms: [(entries: { url: string }[]) => ({ manifest: entries.filter(({ url }) => keptFiles.has(url)), warnings: [] })],
        navigateFallback: 'index.html',
        navigateFallbackAllowlist: [/^\/cab$/, /^\/reception$/, /^\/station$/],
        inlineWorkboxRuntime: true,
        sourcemap: false,
      },
    }),
  ],
});
