import { organisation } from './members.ts';
import { nameOf } from './names.ts';

/** How somebody's login stands in the demo: a state of U1, and the facts beside it. */
export type Standing =
  | 'connected'
  | 'verified'
  | 'waiting'
  | 'opened'
  | 'expired'
  | 'saved'
  | 'bounced'
  | 'disowned'
  | 'no_address'
  | 'nothing';

export interface DemoUser {
  userId: string;
  name: string;
  language: 'sv' | 'en';
  /** The ordinary address; null: none is known. */
  email: string | null;
  /** The address of the login; null: none is saved. */
  connectEmail: string | null;
  standing: Standing;
  active: boolean;
  protectedIdentity: boolean;
  employments: DemoEmployment[];
}

export interface DemoEmployment {
  company: string;
  number: string;
  department: string;
  office: string;
  /** Days from today; undefined: not known. */
  starts?: number;
  ends?: number;
}

/** How many users there are. User 1 is Lena, 2 is Erik, 10 is Grace, 14 is Anna. */
const size = 120;

const companies = [
  {
    name: 'Företaget',
    offices: ['Stockholm', 'Göteborg'],
    departments: ['Ekonomi & Lön', 'HR', 'IT', 'Försäljning'],
  },
  { name: 'Nordlager', offices: ['Umeå', 'Örebro'], departments: ['Lager', 'Transport', 'Ekonomi & Lön'] },
  { name: 'Sydbutik', offices: ['Malmö', 'Göteborg'], departments: ['Butik', 'Kundtjänst', 'Inköp'] },
] as const;

/** How the logins of every ten users stand; who is special stands below. */
const usual: readonly Standing[] = [
  'connected',
  'saved',
  'connected',
  'no_address',
  'waiting',
  'connected',
  'saved',
  'connected',
  'no_address',
  'saved',
];

const special: Readonly<Record<number, Partial<DemoUser>>> = {
  1: { name: 'Lena Berg', email: 'lena@company.se', connectEmail: 'lena@company.se', standing: 'connected' },
  2: {
    name: 'Erik Holm',
    email: 'erik@company.se',
    connectEmail: 'erik@company.se',
    standing: 'waiting',
    language: 'en',
  },
  10: {
    name: 'Grace Miller',
    email: 'grace@company.se',
    connectEmail: 'grace@company.se',
    standing: 'connected',
    language: 'en',
  },
  14: { name: 'Anna Svensson', email: 'anna@company.se', connectEmail: 'anna@company.se', standing: 'saved' },
  16: { connectEmail: 'bjorn.privat@gmail.com', standing: 'saved' },
  23: { standing: 'bounced' },
  27: { active: false },
  // Proved the address and was deactivated before there was an account: stays verified.
  31: { standing: 'verified', active: false },
  35: { standing: 'opened' },
  41: { email: null, connectEmail: null, standing: 'nothing' },
  44: { protectedIdentity: true, standing: 'saved' },
  45: { standing: 'expired' },
  52: { standing: 'disowned' },
  55: { standing: 'expired' },
  58: { active: false, standing: 'connected' },
  63: { email: null, connectEmail: null, standing: 'nothing' },
  65: { standing: 'opened' },
  72: { standing: 'bounced' },
  77: { active: false, standing: 'saved' },
  84: { email: null, connectEmail: null, standing: 'nothing' },
  96: { email: null, connectEmail: null, standing: 'nothing' },
};

/** Employments that have not begun, or have ended. */
const periods: Readonly<Record<number, Pick<DemoEmployment, 'starts' | 'ends'>>> = {
  33: { starts: 21 },
  36: { ends: -12 },
  92: { starts: 40 },
  99: { ends: -60 },
};

/** The users of the demo organisation, the same every time. */
export function demoUsers(): DemoUser[] {
  return Array.from({ length: size }, (_, index) => userOf(index + 1));
}

function userOf(id: number): DemoUser {
  const { name = nameOf(id), ...given } = special[id] ?? {};
  const standing = given.standing ?? usual[id % usual.length] ?? 'saved';
  const email = `${localPart(name)}@${organisation.domain}`;
  return {
    userId: String(id),
    name,
    language: 'sv',
    email,
    connectEmail: standing === 'no_address' ? null : email,
    active: true,
    protectedIdentity: false,
    ...given,
    standing,
    employments: employmentsOf(id),
  };
}

/** Every 20th user works in two companies. */
function employmentsOf(id: number): DemoEmployment[] {
  const first = employmentIn(id, id <= 2 || id === 14 ? 0 : id);
  return [{ ...first, ...periods[id] }, ...(id % 20 === 0 ? [employmentIn(id, id + 1)] : [])];
}

function employmentIn(id: number, turn: number): DemoEmployment {
  const { name, offices, departments } = companies[turn % companies.length] ?? companies[0];
  const at = Math.floor(turn / companies.length);
  return {
    company: name,
    number: String(id).padStart(4, '0'),
    department: departments[at % departments.length] ?? departments[0],
    office: offices[at % offices.length] ?? offices[0],
  };
}

/** "Åsa Öberg" as "asa.oberg". */
export function localPart(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.');
}
