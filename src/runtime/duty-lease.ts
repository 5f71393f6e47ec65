/** Leases of duties, wherever they are kept. None of these calls throws: a store that fails is `away`. */
export interface DutyLease {
  readonly keeper: LeaseKeeper;
  /** false = lost. */
  renew(leaseMs: number): Promise<boolean>;
  release(): Promise<void>;
}

export interface LeaseKeeper {
  acquire(duty: string, leaseMs: number): Promise<DutyLease | 'taken' | 'away'>;
}
