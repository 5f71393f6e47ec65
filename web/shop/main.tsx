import { effect } from '@preact/signals';
import { type JSX, render } from 'preact';
import { commonText } from '../text/common.ts';
import { speak } from '../text/language.ts';
import { shopText } from '../text/shop.ts';
import { LiveRegions } from '../ui/announce.tsx';
import { Asking } from '../ui/asking.tsx';
import { begin, me } from './app.ts';
import { Gate } from './gate.tsx';
import { Header } from './header.tsx';
import { NewOrder } from './new-order.tsx';
import { order } from './order-live.ts';
import { OrderPage } from './order-page.tsx';
import { OrdersList } from './orders-list.tsx';
import { GUEST, route } from './route.ts';

const Shop = (): JSX.Element => (
  <>
    <LiveRegions />
    <Header />
    {GUEST ? <OrderPage /> : me.value === 'asking' ? <Asking /> : me.value === undefined ? <Gate /> : <Page />}
  </>
);

function Page(): JSX.Element {
  switch (route.value.page) {
    case 'new':
      return <NewOrder />;
    case 'list':
      return <OrdersList />;
    case 'order':
    case 'track':
      return <OrderPage key={route.value.order} />;
  }
}

const root = document.getElementById('app');
await speak({ ru: () => import('../text/ru/shop-page.ts') });
if (root !== null) render(<Shop />, root);
begin();

effect(() => {
  const { page } = route.value;
  const number = order.value?.number;
  if (page === 'list') document.title = shopText.pageTitle(shopText.list.title);
  else if ((page === 'order' || page === 'track') && number !== undefined)
    document.title = shopText.order.title(number);
  else document.title = commonText.product;
});
effect(() => {
  void route.value;
  scrollTo(0, 0);
});
