/** What identity needs of Redis: a command that answers in time or throws. */
export interface RedisCommands {
  command(name: string, ...args: readonly (string | number)[]): Promise<unknown>;
}
