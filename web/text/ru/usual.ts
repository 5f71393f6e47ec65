import type { usualText } from '../usual.ts';

export const usual: typeof usualText = {
  beside: (said, usual) => `${said} (обычно ${usual})`,
};
