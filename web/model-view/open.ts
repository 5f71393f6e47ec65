/** The way to the 3D view: the view itself, and what it draws with, is loaded when somebody opens it. */
import type { OrderModel } from '../../gateways/contract/order.ts';

export interface ModelViewAsked {
  readonly name: string;
  /** Id of the material whose colours it has. */
  readonly material: string;
  /** Of the server's; or a file of this machine. */
  readonly model: OrderModel | File;
}

/** Resolves when it is open; rejects if it could not be loaded. */
export async function openModelView(asked: ModelViewAsked): Promise<void> {
  const { showModelView } = await import('./model-view.tsx');
  showModelView(asked);
}
