import { signal } from '@preact/signals';
import type { FunctionComponent, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { commonText } from '../text/common.ts';

/** A part of the page that is loaded when it is first shown. Where that fails it is said, and tried again. */
export function later<P extends object>(load: () => Promise<FunctionComponent<P>>): (props: P) => JSX.Element | null {
  const loaded = signal<{ readonly Part?: FunctionComponent<P> } | undefined>(undefined);
  let asking = false;
  const ask = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    loaded.value = await load().then(
      (Part) => ({ Part }),
      () => ({}),
    );
    asking = false;
  };
  const again = (): void => {
    if (loaded.peek()?.Part === undefined) loaded.value = undefined;
  };
  // A browser may remember that it failed, and after an update of the server its old files are gone: then all is loaded.
  const press = async (): Promise<void> => {
    await ask();
    if (loaded.peek()?.Part === undefined && (await serverAnswers())) location.reload();
  };
  return (props) => {
    const found = loaded.value;
    if (found === undefined) void ask();
    if (found?.Part !== undefined) return <found.Part {...props} />;
    return found === undefined ? null : <Missing again={again} press={() => void press()} />;
  };
}

const serverAnswers = (): Promise<boolean> =>
  fetch(location.href, { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );

/** Tried again at a press, when the line is back, and when the part is next shown. */
function Missing({ again, press }: { again: () => void; press: () => void }): JSX.Element {
  useEffect(() => {
    addEventListener('online', again);
    return () => {
      removeEventListener('online', again);
      again();
    };
  }, [again]);
  return (
    <p class="told" role="alert">
      {commonText.part.missing}{' '}
      <button type="button" class="btn small" onClick={press}>
        {commonText.part.again}
      </button>
    </p>
  );
}
