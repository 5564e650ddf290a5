import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const src = join(import.meta.dirname, '../src');

/** Each room of the house, and the rooms of ours that it may import from besides itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  rules: [],
  refusals: ['rules'],
  core: ['rules'],
  csv: ['rules', 'xlsx'],
  xlsx: ['rules'],
  database: ['rules'],
  identity: ['rules'],
  mail: ['rules', 'database'],
  services: ['core', 'rules', 'database', 'mail', 'csv'],
  views: ['core', 'rules', 'services', 'csv'],
  commands: ['core', 'rules', 'services', 'views'],
  jobs: ['core', 'rules', 'services', 'database', 'identity', 'mail', 'csv'],
  doors: ['core', 'rules'],
  slack: ['core', 'rules', 'doors'],
  teams: ['core', 'rules', 'doors'],
  web: ['core', 'rules', 'services', 'csv'],
  playground: ['rules', 'database', 'xlsx'],
};

/** The room that puts the others' parts together: it may import from all of them. */
const composing = 'app';

/** Leaves that every room may import. */
const leaves = ['errors.ts', 'log.ts', 'root.ts'];

/** Rooms whose imports from services are types alone: a door gets what it needs as functions. */
const typesOnly = ['web', 'views'];

/** Packages that few rooms may import; the playground is a world of its own, and its Visma Connect sends mail too. */
const keptIn: Readonly<Record<string, readonly string[]>> = {
  yauzl: ['xlsx'],
  saxes: ['xlsx'],
  fflate: ['xlsx'],
  '@slack/bolt': ['slack'],
  '@slack/web-api': ['slack'],
  '@microsoft/teams-ai': ['teams'],
  botbuilder: ['teams'],
  nodemailer: ['mail', 'playground'],
  'graphile-worker': ['jobs'],
  '@electric-sql/pglite': ['database'],
  scimmy: ['playground'],
  'scimmy-routers': ['playground'],
};

interface Import {
  file: string;
  from: string;
  target: string;
  typeOnly: boolean;
  /** Not before it is asked for, by `import()`. */
  lazy: boolean;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.tsx?$/.test(file) && !file.startsWith('database/client'),
);

const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(join(src, file), 'utf8');
  const first = /^(?:import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'/gms;
  const later = /\b(typeof\s+)?import\(\s*'([^']+)'\s*\)/g;
  return [first, later].flatMap((form) =>
    [...text.matchAll(form)].map(([, typed, target = '']) => ({
      file,
      from: roomOf(file),
      target: target.startsWith('.') ? relative(src, join(src, dirname(file), target)) : target,
      typeOnly: typed !== undefined,
      lazy: form === later,
    })),
  );
});

function roomOf(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? '') : path;
}

/** Of what is imported from a package, the package. */
function packageOf(target: string): string {
  return target.split('/', target.startsWith('@') ? 2 : 1).join('/');
}

const isOurs = ({ target }: Import) => /\.tsx?$/.test(target);
const shown = ({ file, target }: Import) => `${file} → ${target}`;

test('imports point inward', () => {
  const astray = imports.filter(
    (one) =>
      isOurs(one) &&
      one.file.includes('/') &&
      one.from !== composing &&
      one.from !== roomOf(one.target) &&
      !leaves.includes(one.target) &&
      !allowed[one.from]?.includes(roomOf(one.target)),
  );
  expect(astray.map(shown)).toEqual([]);
});

test('doors and views know services by their types alone', () => {
  const astray = imports.filter(
    (one) => typesOnly.includes(one.from) && roomOf(one.target) === 'services' && !one.typeOnly,
  );
  expect(astray.map(shown)).toEqual([]);
});

test('what Teams is spoken to with is loaded where it is configured, and not before', () => {
  const astray = imports.filter(
    ({ target, from, lazy, typeOnly }) =>
      /^teams\/(?!cards\/)/.test(target) &&
      from !== 'teams' &&
      !(lazy && from === composing) &&
      !(typeOnly && from === composing),
  );
  expect(astray.map(shown)).toEqual([]);
});

test('nobody imports what puts the parts together but start.ts', () => {
  const astray = imports.filter(
    ({ target, file, from }) => roomOf(target) === composing && from !== composing && file !== 'start.ts',
  );
  expect(astray.map(shown)).toEqual([]);
});

test('nobody imports the tables of refusals but errors.ts', () => {
  const astray = imports.filter(
    ({ target, from, file }) => roomOf(target) === 'refusals' && from !== 'refusals' && file !== 'errors.ts',
  );
  expect(astray.map(shown)).toEqual([]);
});

test('a package of the outside world is known in few rooms', () => {
  const astray = imports.filter(({ target, from, file }) => {
    const rooms = keptIn[packageOf(target)];
    return (
      rooms !== undefined &&
      !rooms.includes(from) &&
      !(target === 'graphile-worker' && file === 'database/migrate.ts')
    );
  });
  expect(astray.map(shown)).toEqual([]);
});

test('every room is named above', () => {
  const rooms = new Set(files.filter((file) => file.includes('/')).map(roomOf));
  expect([...rooms].filter((room) => room !== composing && !(room in allowed))).toEqual([]);
});
