/** Forms of actions and words of refusals, loaded once the board stands: the first press finds them there. */
import { later } from '../ui/later.tsx';

const load = async () => (await import('./action-form.tsx')).ActionForm;

export const ActionForm = later(load);

/** What cannot be loaded now is loaded when it is needed. */
export function loadForms(): void {
  load().catch(() => undefined);
  import('./refusal-band.ts').catch(() => undefined);
  import('./sign-in-again.tsx').catch(() => undefined);
}
