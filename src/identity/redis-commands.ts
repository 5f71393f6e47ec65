/** What identity needs of Redis: an answer in time or a rejection (`src/hot/redis.ts`). */
export interface RedisCommands {
  call(command: string, args: readonly (string | number)[]): Promise<unknown>;
}
