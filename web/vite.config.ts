import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { installable } from './build/installable.ts';
import { themeBeforePaint } from './build/theme-before-paint.ts';
import { websocketOnly } from './build/websocket-only.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [themeBeforePaint(), installable(['model-view']), websocketOnly()],
  worker: { format: 'es' },
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    // three.js, which is loaded only where somebody opens a model
    chunkSizeWarningLimit: 600,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        shop: here('index.html'),
        board: here('board.html'),
        console: here('console.html'),
        wall: here('wall.html'),
      },
    },
  },
});
