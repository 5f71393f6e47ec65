import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { firstLoad } from './build/first-load.ts';
import { installable } from './build/installable.ts';
import { oneStyleSheet } from './build/one-style-sheet.ts';
import { themeBeforePaint } from './build/theme-before-paint.ts';
import { websocketOnly } from './build/websocket-only.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const FIRST: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  ['shop', 'board', 'console', 'wall'].map((page) => [page, firstLoad(here(`${page}/main.tsx`))]),
);
const loads = (page: string, module: string): boolean => FIRST[page]?.has(module) === true;
/** What the bundler itself adds is for every page. */
const isOwn = (module: string): boolean => module.startsWith('\0') && !module.includes('.html');

/** Two dozen small files compress worse than three: what the board loads at first goes together, by who else loads it. */
const withBoard = (page: string) => (module: string) => loads('board', module) && loads(page, module);
const TOGETHER = [
  { name: 'common', test: (module: string) => isOwn(module) || withBoard('shop')(module) },
  { name: 'staff', test: withBoard('console') },
  { name: 'floor', test: withBoard('wall') },
  { name: 'board', test: withBoard('board') },
];

export default defineConfig({
  root: here('.'),
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [themeBeforePaint(), oneStyleSheet(), installable(['model-view/model-view.tsx']), websocketOnly()],
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
      output: { codeSplitting: { groups: TOGETHER } },
    },
  },
});
