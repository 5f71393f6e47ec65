/** The form of an action, loaded when the first one is opened; the kept shell has it by then. */
import { later } from '../ui/later.tsx';

export const ActionForm = later(async () => (await import('./action-form.tsx')).ActionForm);
