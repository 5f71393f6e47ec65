import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const LINK = /\s*<link rel="stylesheet" href="([^"]+)" \/>/gu;

/**
 * Each page has one sheet, in the order in which it lists its styles. Left alone, the bundler makes sheets of what pages
 * share and loads them after the page's own, where the general wins over the particular.
 */
export function oneStyleSheet(): Plugin {
  const sheets = new Map<string, readonly string[]>();
  return {
    name: 'one-style-sheet',
    apply: 'build',
    transformIndexHtml: {
      order: 'pre',
      handler(html, { filename }) {
        const sheet = filename.replace(/html$/, 'css');
        const listed = [...html.matchAll(LINK)].map(([, href = '']) => join(dirname(filename), href));
        sheets.set(sheet, listed);
        const link = { tag: 'link', attrs: { rel: 'stylesheet', href: sheet }, injectTo: 'head' as const };
        return { html: html.replaceAll(LINK, ''), tags: [link] };
      },
    },
    resolveId: (id) => (sheets.has(id) ? id : undefined),
    async load(id) {
      const listed = sheets.get(id);
      if (listed === undefined) return undefined;
      const parts = await Promise.all(listed.map((file) => readFile(file, 'utf8')));
      return parts.join('\n');
    },
  };
}
