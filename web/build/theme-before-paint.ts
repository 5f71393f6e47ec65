import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const SOURCE = join(import.meta.dirname, '../ui/before-paint.js');

/**
 * The reader's theme and language must stand before the first paint, and the content policy allows no inline script: a
 * small file of its own, hashed like the rest, loaded before anything is drawn.
 */
export function themeBeforePaint(): Plugin {
  let file = '';
  return {
    name: 'theme-before-paint',
    apply: 'build',
    buildStart() {
      file = this.emitFile({ type: 'asset', name: 'theme.js', source: readFileSync(SOURCE) });
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, context) {
        const asset = Object.values(context.bundle ?? {}).find(
          (output) => output.type === 'asset' && output.names.includes('theme.js'),
        );
        if (asset === undefined) throw new Error(`the theme script ${file} is missing from the bundle`);
        return [{ tag: 'script', attrs: { src: `/${asset.fileName}` }, injectTo: 'head-prepend' }];
      },
    },
  };
}
