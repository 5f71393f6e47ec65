/**
 * One clock for all processes of this machine, in milliseconds: the kernel's monotonic one, which nobody sets. Times of
 * `performance` count from the start of each process, and when that was is known to a few milliseconds only.
 */
export const clock = (): number => Number(process.hrtime.bigint()) / 1e6;
