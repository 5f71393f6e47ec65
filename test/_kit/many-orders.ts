/**
 * Fills a database with many orders, as if the product had run for a year: for tests, rehearsals and benches of what
 * must not grow with the table. About 12,000 orders a second; a million orders are some 4.5 million rows of the log.
 *
 *     await fillOrders(database.adminUrl, { orders: 50_000 });
 *
 * `url` is the owner's of a migrated database without orders (one call per database). What it makes:
 *
 * - `actor_log`: whole chains of versions, told by the real `evolve` (many-orders-stories.ts), every status among them;
 *   on average 4.5 rows an order. Ids are spread over all ids, times over a year, newest last, the newest an hour old.
 * - `orders`: the row of each as the real `orderRow` makes it.
 * - `claims`: the reference of each partner's order, the slot of each captured one. Each has its own operator.
 * - Of a hundred orders 70 are the house's, by 2,000 buyers; 20 of one big partner, 10 of 20 small ones.
 * - Cursors of the feeds stand behind all of it: no keeper tells it again. So there are no partner events and no flow
 *   figures of these orders until `andon rebuild` makes them (`feeds: 'all'` leaves those cursors to their keepers).
 * - No jobs, people, models, operators: nothing becomes due, files and names are not found. No Redis: a keeper rebuilds
 *   the boards from `orders`.
 */
import pg from 'pg';
import { MARKS, recentOf, STATE_VERSION, type Template, templates } from './many-orders-stories.ts';

export interface ManyOrders {
  readonly orders: number;
  readonly sites?: readonly string[];
  /** How many of them stand on boards, all sites together; default: each fiftieth. */
  readonly onBoards?: number;
  /** Connections that fill side by side. */
  readonly lanes?: number;
  /** 'all' = every feed but that of `orders` begins at the first row. */
  readonly feeds?: 'none' | 'all';
  readonly progress?: (orders: number) => void;
}

export interface Filled {
  readonly orders: number;
  readonly rows: number;
  readonly bigPartner: string;
}

const CHUNK = 5_000;
const FEEDS = ['partner-events', 'publisher', 'flow:1'];

/** As the owner of an order of the partner: the tenant's id is the partner's. */
const PARTNER = `('0e000000-0000-4000-8000-' || lpad(%s::text, 12, '0'))`;
const BIG_PARTNER = '0e000000-0000-4000-8000-000000000000';

/** Arguments of the texts' format(), in their order. */
const ARGUMENTS = [
  'id',
  'model',
  'operator',
  'owner',
  'number',
  'reference',
  'site',
  'partner',
  'hour',
  'nextDay',
  'nextWeek',
  'second',
] as const;

/** For format(): marks become the numbers of arguments. */
function formatOf(text: string): string {
  let format = text.replaceAll('%', '%%');
  for (const [n, name] of ARGUMENTS.entries()) format = format.replaceAll(MARKS[name], `%${n + 1}$s`);
  return format;
}

const VALUES = `o.id, o.model, o.operator, o.owner, o.number, o.reference, o.site, o.partner, o.hour, o.next_day, o.next_week, o.second`;

const TEMPLATES = `
create table filling (story int, part text, partner boolean, captured boolean, versions int, listed text, recent text);
create table filling_rows (story int, version int, events text, after text, was text, issuer text, primary key (story, version));
-- One line per share, so that a story is picked by its place.
create table filling_mix (part text, partner boolean, place int, story int, primary key (part, partner, place));
create function filling_base36(ms bigint) returns text language sql immutable as $$
  select string_agg(substr('0123456789abcdefghijklmnopqrstuvwxyz', (ms / (36::numeric ^ k)::bigint % 36)::int + 1, 1), '' order by k desc)
  from generate_series(0, 8) k $$;
-- The orders n from $1 on, before $2, of $3 in all; each $4th stands on a board of the sites $5. $6 = when the last was made.
create function filling_orders(first int, behind int, total int, each int, sites text[], until timestamptz)
returns table (n int, story int, id text, model text, operator text, owner text, number text, reference text, site text,
  partner text, hour text, next_day text, next_week text, second text, begun timestamptz) language sql stable as $$
  select n, m.story, substr(x.id, 1, 8) || '-' || substr(x.id, 9, 4) || '-5' || substr(x.id, 14, 3) || '-8' || substr(x.id, 18, 3) || '-' || substr(x.id, 21),
    md5('model' || n / 3)::uuid::text, md5('operator' || n)::uuid::text,
    case when x.tenant is null then md5('buyer' || (hashint4(n) & 2147483647) % 2000)::uuid::text else x.tenant end,
    '1-' || lpad(n::text, 5, '0'), 'PO-' || (n % 1000) || '-' || n, x.site, x.tenant,
    to_char(x.at, 'YYYY-MM-DD"T"HH24'), to_char(x.at + interval '1 day', 'YYYY-MM-DD"T"HH24'),
    to_char(x.at + interval '7 days', 'YYYY-MM-DD"T"HH24'), x.second, x.at + x.second::numeric * interval '1 second'
  from generate_series(first, behind - 1) n
  cross join lateral (select (hashint4(n + 17) & 2147483647) % 100 as customer, (hashint4(n + 99) & 2147483647) as luck) h
  cross join lateral (select lpad(to_hex((n::bigint * 4294967295) / total), 8, '0') || substr(md5(n::text), 9) as id,
    sites[1 + (hashint4(n + 5) & 2147483647) % array_length(sites, 1)] as site,
    case when h.customer >= 70 then ${PARTNER.replace('%s', 'case when h.customer < 90 then 0 else 1 + h.luck % 20 end')} end as tenant,
    date_trunc('hour', until - interval '1 hour' - (total - n) * (interval '364 days' / total)) as at,
    to_char((n * 7919::bigint) % 60000 / 1000.0, 'FM00.000') as second,
    case when n % each = 0 then 'board' when n % 70 = 1 then 'open' else 'over' end as part) x
  join filling_mix m on m.partner = (x.tenant is not null)
    and m.part = x.part and m.place = case x.part when 'board' then n / each when 'open' then n / 70 else h.luck end % 20 $$;
`;

const LOG = `
insert into actor_log (kind, actor_id, version, base, command_id, command_hash, issuer, at, events, after, state_version, was)
select 'order', o.id::uuid, t.version,
  case when t.version > 1 then md5(o.id || (t.version - 1))::uuid end, md5(o.id || t.version)::uuid,
  md5(o.id || t.version) || md5(o.id), format(t.issuer, ${VALUES})::json,
  o.begun + (t.version - 1) * interval '1 minute',
  format(t.events, ${VALUES})::json, format(t.after, ${VALUES})::json, $7::int, format(t.was, ${VALUES})::json
from filling_orders($1::int, $2::int, $3::int, $4::int, $5::text[], $6::timestamptz) o join filling_rows t using (story)
order by o.n, t.version`;

const ORDERS = `
insert into orders
select r.*
from filling_orders($1::int, $2::int, $3::int, $4::int, $5::text[], $6::timestamptz) o join filling t using (story)
cross join lateral jsonb_populate_record(null::orders, replace(format(t.listed, ${VALUES}), t.recent,
  filling_base36((extract(epoch from o.begun + (t.versions - 1) * interval '1 minute') * 1000)::bigint))::jsonb) r
order by o.n`;

const CLAIMS = `
insert into claims (name, kind, actor_id)
select c.name, 'order', o.id::uuid
from filling_orders($1::int, $2::int, $3::int, $4::int, $5::text[], $6::timestamptz) o join filling t using (story)
cross join lateral (
  select 'ref:' || o.partner || ':' || o.reference where t.partner union all select 'slot:' || o.operator || ':1' where t.captured) c(name)`;

const CURSORS = `
insert into cursors (name, era, xid, seq)
select name, l.era, l.xid, l.seq from unnest($1::text[]) as name,
  (select era, xid, seq from actor_log order by era desc, xid desc, seq desc limit 1) l
on conflict (name) do update set era = excluded.era, xid = excluded.xid, seq = excluded.seq`;

const DONE = `
drop function filling_orders; drop function filling_base36; drop table filling, filling_rows, filling_mix;
analyze actor_log; analyze orders; analyze claims`;

async function begin(client: pg.Client): Promise<void> {
  await client.query(TEMPLATES);
  const stories = templates();
  const places = new Map<string, number>();
  for (const [story, one] of stories.entries()) {
    const { part, partner, captured, rows, listed } = one;
    await client.query('insert into filling values ($1, $2, $3, $4, $5, $6, $7)', [
      story,
      part,
      partner,
      captured,
      rows.length,
      formatOf(listed),
      recentOf(withSecond(listed)),
    ]);
    for (const [n, row] of rows.entries()) {
      const texts = [row.events, row.after, row.was, row.issuer].map((text) => text && formatOf(text));
      await client.query('insert into filling_rows values ($1, $2, $3, $4, $5, $6)', [story, n + 1, ...texts]);
    }
    await mix(client, places, story, one);
  }
  await client.query('analyze filling; analyze filling_rows; analyze filling_mix');
}

const withSecond = (listed: string): string => listed.replaceAll(MARKS.second, MARKS.second.slice(1));

/** Twenty places in each part. */
async function mix(
  client: pg.Client,
  places: Map<string, number>,
  story: number,
  { part, partner, share }: Template,
): Promise<void> {
  const key = `${part} ${partner}`;
  const first = places.get(key) ?? 0;
  places.set(key, first + share);
  for (let place = first; place < first + share; place++)
    await client.query('insert into filling_mix values ($1, $2, $3, $4)', [part, partner, place, story]);
}

export async function fillOrders(url: string, options: ManyOrders): Promise<Filled> {
  const { orders, sites = ['north', 'south'], lanes = 2, feeds = 'none', progress = () => undefined } = options;
  const each = Math.max(2, Math.floor(orders / Math.max(1, options.onBoards ?? orders / 50)));
  const clients = Array.from(
    { length: lanes },
    () => new pg.Client({ connectionString: url, application_name: 'filling' }),
  );
  const [boss] = clients;
  if (boss === undefined) throw new Error('no lane');
  try {
    await Promise.all(clients.map((client) => client.connect()));
    await begin(boss);
    const until = new Date();
    let [next, rows] = [1, 0];
    const fill = async (client: pg.Client): Promise<void> => {
      await client.query(
        "set synchronous_commit = off; set jit = off; set statement_timeout = 0; set timezone = 'UTC'",
      );
      while (next <= orders) {
        const first = next;
        next = Math.min(orders + 1, first + CHUNK);
        const values = [first, next, orders + 1, each, sites, until];
        const logged = await client.query(LOG, [...values, STATE_VERSION]);
        rows += logged.rowCount ?? 0;
        await client.query(ORDERS, values);
        await client.query(CLAIMS, values);
        progress(next - 1);
      }
    };
    await Promise.all(clients.map(fill));
    await boss.query(CURSORS, [feeds === 'all' ? ['orders'] : ['orders', ...FEEDS]]);
    await boss.query("select setval('order_number', $1)", [orders]);
    await boss.query(DONE);
    return { orders, rows, bigPartner: BIG_PARTNER };
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}
