/** Who there is in the demo: of every role, at every site, by names one remembers. Pure. */

export interface DemoUser {
  readonly login: string;
  readonly name: string;
  readonly role: string;
  readonly site?: string;
  /** `played`: by the demo itself, when it has traffic. `free`: for whoever looks at it. */
  readonly demo: 'played' | 'free';
}

/** The company that orders in bulk. */
export const DEMO_PARTNER = 'Aurora Jewels';

interface SiteCast {
  readonly operators: readonly string[];
  readonly freeOperator: string;
  readonly packer: string;
  readonly quality: string;
  readonly supervisor: string;
}

const FIRST: SiteCast = {
  operators: ['Anna', 'Ivan', 'Marta'],
  freeOperator: 'Olga',
  packer: 'Peter',
  quality: 'Clara',
  supervisor: 'Victor',
};
const SECOND: SiteCast = {
  operators: ['Bruno', 'Dina', 'Emil'],
  freeOperator: 'Nora',
  packer: 'Paula',
  quality: 'Simon',
  supervisor: 'Sofia',
};

const HOUSE: readonly (readonly [string, string, DemoUser['demo']])[] = [
  ['Lena', 'buyer', 'played'],
  ['Max', 'buyer', 'played'],
  ['Irina', 'buyer', 'played'],
  ['Tom', 'buyer', 'free'],
  ['Robert', 'crm', 'played'],
  ['Kate', 'crm', 'free'],
  ['Karl', 'carrier', 'played'],
  ['Egor', 'engineer', 'free'],
];

function atSite(site: string, cast: SiteCast, suffix: string): DemoUser[] {
  const user = (name: string, role: string, demo: DemoUser['demo']): DemoUser => ({
    login: `${name.toLowerCase()}${suffix}`,
    name,
    role,
    site,
    demo,
  });
  return [
    ...cast.operators.map((name) => user(name, 'operator', 'played')),
    user(cast.freeOperator, 'operator', 'free'),
    user(cast.packer, 'packer', 'played'),
    user(cast.quality, 'quality', 'played'),
    user(cast.supervisor, 'supervisor', 'free'),
  ];
}

/** From the third site on the names of the first come again, led on by the site. */
export const castOf = (sites: readonly string[]): DemoUser[] => [
  ...sites.flatMap((site, i) => atSite(site, i === 1 ? SECOND : FIRST, i < 2 ? '' : `-${site}`)),
  ...HOUSE.map(([name, role, demo]) => ({ login: name.toLowerCase(), name, role, demo })),
];
