import { signal } from '@preact/signals';
import type { FunctionComponent, JSX } from 'preact';

/** A part of the page that is loaded when it is first shown. What could not be loaded is tried again the next time. */
export function later<P extends object>(load: () => Promise<FunctionComponent<P>>): (props: P) => JSX.Element | null {
  const loaded = signal<{ readonly Part: FunctionComponent<P> } | undefined>(undefined);
  let asked = false;
  const ask = async (): Promise<void> => {
    asked = true;
    try {
      loaded.value = { Part: await load() };
    } catch {
      asked = false;
    }
  };
  return (props) => {
    if (!asked) void ask();
    const found = loaded.value;
    return found === undefined ? null : <found.Part {...props} />;
  };
}
