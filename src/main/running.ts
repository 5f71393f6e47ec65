/** A running process: `stop` lets what runs finish and gives back what can't. */
export interface Running {
  stop(): Promise<void>;
}
