/** Tests in a real browser: a product and desks for each, and skipped with the reason where there is no browser. */
import { type Product, startProduct } from '../_kit/product.ts';
import { type SpecOptions, spec, type Test } from '../_kit/spec.ts';
import { BROWSER, Desks } from './browser.ts';

export interface Place {
  readonly product: Product;
  readonly desks: Desks;
}
export type Body<P = Place> = (place: P) => Promise<void>;
/** Titles and what they promise. */
export type Cases<P = Place> = Readonly<Record<string, Body<P>>>;
/** Registers one test. */
type WebTest<P> = (title: string, body: Body<P>) => void;

/** A spec whose fixture opens pages. */
export const inBrowser =
  <P>(test: Test<P>): WebTest<P> =>
  (title, body) => {
    if (BROWSER === undefined) test.skip(title, 'no Chromium on this machine');
    else test(title, body);
  };

/** `product`: how it is started. */
export function webSpec(
  name: string,
  options: SpecOptions & { readonly product?: Parameters<typeof startProduct>[0] },
): WebTest<Place> {
  const fixture = async (lend: Body): Promise<void> => {
    const product = await startProduct(options.product);
    const desks = await Desks.open();
    try {
      await lend({ product, desks });
    } finally {
      await desks.close();
      await product.close();
    }
  };
  return inBrowser(spec<Place>(name, fixture, options));
}
