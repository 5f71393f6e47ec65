import type { Product } from '../_kit/product.ts';

/** What a call that must not succeed says. */
export async function failing(product: Product, ...args: string[]): Promise<string> {
  return product.andon(...args).then(
    () => 'it did not fail',
    (error: { stderr?: string }) => error.stderr ?? '',
  );
}
