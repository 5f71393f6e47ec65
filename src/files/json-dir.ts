/**
 * A folder of JSON files that people write: all are read and checked together, all faults reported together, and each
 * content has its hash as its version.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AndonError, type Fault } from '../errors.ts';

export interface JsonFile<T> {
  /** Without `.json`. */
  readonly name: string;
  /** SHA-256 of the content, lower-case hex. */
  readonly version: string;
  readonly value: T;
}

export type Check<T> = (json: unknown, name: string) => { readonly value: T } | { readonly faults: readonly Fault[] };

export interface JsonDir<T> {
  /** Those without a fault, in order of their names. */
  readonly files: readonly JsonFile<T>[];
  /** One line each, with the file's name. */
  readonly faults: readonly string[];
}

/** What can be read, and what can't. */
export async function lookIntoJsonDir<T>(dir: string, check: Check<T>): Promise<JsonDir<T>> {
  const files: JsonFile<T>[] = [];
  const faults: string[] = [];
  const names = await readdir(dir).catch(() => []);
  for (const file of names.filter((name) => name.endsWith('.json')).sort()) {
    const name = file.slice(0, -'.json'.length);
    const content = await readFile(join(dir, file)).catch((error: Error) => error);
    if (content instanceof Error) {
      faults.push(`${file} can't be read: ${content.message}`);
      continue;
    }
    const checked = checkText(content.toString('utf8'), name, check);
    if ('faults' in checked)
      faults.push(...checked.faults.map((fault) => `${file} ${fault.path || '/'} ${fault.rule}`));
    else files.push({ name, version: createHash('sha256').update(content).digest('hex'), value: checked.value });
  }
  if (files.length === 0 && faults.length === 0) faults.push(`${dir} holds no .json file`);
  return { files, faults };
}

/** In order of their names. Throws `bad_files` that names every file and fault; an empty folder is one. */
export async function readJsonDir<T>(dir: string, check: Check<T>): Promise<readonly JsonFile<T>[]> {
  const { files, faults } = await lookIntoJsonDir(dir, check);
  if (faults.length > 0) throw new AndonError('bad_files', faults.join('\n'), { expose: true, details: { faults } });
  return files;
}

function checkText<T>(text: string, name: string, check: Check<T>): ReturnType<Check<T>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { faults: [{ path: '', rule: `is not JSON: ${(error as Error).message}` }] };
  }
  return check(json, name);
}
