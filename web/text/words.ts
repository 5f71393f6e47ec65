/**
 * The words of the pages. English stands in the modules that pages import and gives their shape; the words of another
 * language are laid over them, in place, before anything is drawn. So a sentence is read where it is shown, never while
 * a module loads; a table of sentences may be kept.
 */
type Table = Record<string, unknown>;

const tables = new Map<string, Table>();
/** Of what is loaded only when somebody opens it the words may be here first. */
const early = new Map<string, Table>();

export function words<T extends object>(table: string, english: T): T {
  tables.set(table, english as Table);
  lay(english as Table, early.get(table) ?? {});
  return english;
}

/** Per table the words of another language; what this page has no table for is kept until it has. */
export function layOver(language: Readonly<Record<string, object>>): void {
  for (const [name, others] of Object.entries(language)) {
    early.set(name, others as Table);
    lay(tables.get(name), others as Table);
  }
}

function lay(over: Table | undefined, others: Table): void {
  if (over === undefined) return;
  for (const [key, word] of Object.entries(others)) {
    const english = over[key];
    if (isTable(english) && isTable(word)) lay(english, word);
    else over[key] = word;
  }
}

const isTable = (word: unknown): word is Table => typeof word === 'object' && word !== null && !Array.isArray(word);
