/** What a partner's key may be for. */
export const SCOPES = ['orders:read', 'orders:write', 'models:write', 'events:read'] as const;
export type Scope = (typeof SCOPES)[number];

export const isScope = (text: string): text is Scope => SCOPES.some((scope) => scope === text);
