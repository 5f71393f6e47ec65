/** The board as an app of its own: a manifest, icons, and a worker that keeps its shell for times without a network. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

type Bundle = Parameters<Extract<NonNullable<Plugin['writeBundle']>, (...args: never) => unknown>>[1];

const UI = join(import.meta.dirname, '../ui');
const MANIFEST = 'board.webmanifest';
const ICONS = [
  { file: 'icon-192.png', sizes: '192x192', purpose: 'any' },
  { file: 'icon-512.png', sizes: '512x512', purpose: 'any' },
  { file: 'icon-maskable-512.png', sizes: '512x512', purpose: 'maskable' },
] as const;
const TOUCH_ICON = 'icon-touch-180.png';

const manifest = (srcOf: (file: string) => string): object => ({
  id: '/board',
  name: 'Andon board',
  short_name: 'Andon',
  description: 'The live board of the shop floor.',
  start_url: '/board',
  scope: '/',
  display: 'standalone',
  background_color: '#edf0ef',
  theme_color: '#161d1f',
  icons: ICONS.map(({ file, ...icon }) => ({ src: srcOf(file), type: 'image/png', ...icon })),
});

/** `leaveOut`: modules, loaded on demand, that need the network anyway; what only they import is left out too. */
export function installable(leaveOut: readonly string[]): Plugin {
  const icons = new Map<string, string>();
  return {
    name: 'installable',
    apply: 'build',
    buildStart() {
      for (const file of [...ICONS.map((icon) => icon.file), TOUCH_ICON])
        icons.set(file, this.emitFile({ type: 'asset', name: file, source: readFileSync(join(UI, 'icons', file)) }));
    },
    generateBundle() {
      const srcOf = (file: string): string => `/${this.getFileName(icons.get(file) ?? '')}`;
      this.emitFile({ type: 'asset', fileName: MANIFEST, source: JSON.stringify(manifest(srcOf)) });
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { path, bundle }) {
        if (path !== '/board.html') return [];
        const touch = Object.values(bundle ?? {}).find(
          (output) => output.type === 'asset' && output.names.includes(TOUCH_ICON),
        );
        return [
          { tag: 'link', attrs: { rel: 'manifest', href: `/${MANIFEST}` }, injectTo: 'head' },
          { tag: 'link', attrs: { rel: 'apple-touch-icon', href: `/${touch?.fileName}` }, injectTo: 'head' },
        ];
      },
    },
    async writeBundle({ dir = '' }, bundle) {
      const page = await readFile(join(dir, 'board.html'), 'utf8');
      const named = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
      const files = [...new Set([...named, ...chunksOf(bundle, named, leaveOut)])].sort();
      const digest = createHash('sha256').update(page).digest('hex');
      const worker = await readFile(join(UI, 'offline-worker.js'), 'utf8');
      await writeFile(
        join(dir, 'offline-worker.js'),
        worker.replace("'DIGEST'", `'${digest}'`).replace("['FILES']", JSON.stringify(files)),
      );
    },
  };
}

/** Everything a page may load in the course of a day, from the scripts that it names on. */
function chunksOf(bundle: Bundle, named: readonly string[], leaveOut: readonly string[]): string[] {
  const isLeftOut = (module: string | null): boolean => leaveOut.some((path) => module?.endsWith(`/${path}`));
  const found = new Set<string>();
  const styles = new Set<string>();
  const queue = named.map((path) => path.slice(1));
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    const chunk = bundle[file];
    if (chunk?.type !== 'chunk' || found.has(file) || isLeftOut(chunk.facadeModuleId)) continue;
    found.add(file);
    for (const style of chunk.viteMetadata?.importedCss ?? []) styles.add(style);
    queue.push(...chunk.imports, ...chunk.dynamicImports);
  }
  return [...found, ...styles].map((file) => `/${file}`);
}
