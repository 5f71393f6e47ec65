/** Lamps by what they say; their shapes stand in `mark.tsx`. */
export type LampName = 'wait' | 'flow' | 'done' | 'tight' | 'late' | 'hold' | 'cancel' | 'alone';
