/** Signals: go, warn, stop, hold, info; `none` = nothing is asked of anybody. */
export type Tone = 'go' | 'warn' | 'stop' | 'hold' | 'info' | 'none';
