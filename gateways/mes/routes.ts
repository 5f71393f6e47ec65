/** The REST routes of the floor: boards and operators. Commands of orders are the storefront's, for all roles. */
import type { Route } from '../../src/http/route.ts';
import { boardRoutes } from './board.ts';
import type { FloorRestDeps } from './deps.ts';
import { operatorCommandRoutes } from './operator-commands.ts';
import { operatorRoutes } from './operators.ts';

export type { FloorRestDeps };

export const floorRoutes = (deps: FloorRestDeps): Route[] => [
  ...boardRoutes(deps),
  ...operatorRoutes(deps),
  ...operatorCommandRoutes(deps),
];
