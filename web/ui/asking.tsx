import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { commonText } from '../text/common.ts';

/** So long nobody says that nobody answers, milliseconds. */
const PATIENCE_MS = 3_000;

/** Until it is known who is signed in. It is asked again and again, so there is nothing to press. */
export function Asking(): JSX.Element {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main class="gate late dim" data-connection={late ? 'offline' : 'connecting'}>
      <p role="status">{late ? commonText.connection.nobody : commonText.connection.connecting}</p>
    </main>
  );
}
