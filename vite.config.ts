import { defineConfig } from 'vite';

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
});
