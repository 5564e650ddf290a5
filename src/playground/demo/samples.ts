import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import { writeWorkbook } from '../../xlsx/index.ts';
import { organisation } from './members.ts';
import { nameOf } from './names.ts';
import { type DemoUser, demoUsers, localPart } from './organisation.ts';

/** The files to try with, by name: as bytes, the same every time. */
export const samples: ReadonlyMap<string, () => Buffer | Promise<Buffer>> = new Map<
  string,
  () => Buffer | Promise<Buffer>
>([
  ['nya-adresser.csv', goodAddresses],
  ['adresser-med-fel.csv', faultyAddresses],
  ['nyanställda-från-excel.csv', newEmployees],
  ['från-chefen.xlsx', fromManager],
]);

const addressHeader = ['Användar-id', 'Anställningsnummer', 'Namn', 'E-post Visma Connect'];

/** What the colleagues sent back: an address for everybody who had none, all of them right. */
function goodAddresses(): Buffer {
  const rows = demoUsers().flatMap((user) =>
    user.standing === 'no_address' ? [[...keysOf(user), user.name, user.email]] : [],
  );
  return iconv.encode(table([addressHeader, ...rows]), 'utf8', { addBOM: true });
}

/** What a manager filled in: a workbook with an address for everybody of one department who had none, and one slip. */
async function fromManager(): Promise<Buffer> {
  const lacking = demoUsers().filter(({ standing }) => standing === 'no_address');
  const department = 'Inköp';
  const own = lacking.filter(({ employments }) => employments[0]?.department === department);
  const rows = own.map((user, i) => [
    ...keysOf(user),
    user.name,
    i === 0 ? `${localPart(user.name)}@company` : (user.email ?? ''),
  ]);
  const sheet = { name: department, widths: [16, 20, 28, 36], header: addressHeader, rows };
  const parts: Uint8Array[] = [];
  for await (const part of writeWorkbook(sheet)) parts.push(part);
  return Buffer.concat(parts);
}

/** A row for each fault that an address file can have; the comment column says which, and is ignored. */
function faultyAddresses(): Buffer {
  const users = demoUsers();
  const user = (id: number): DemoUser => {
    const found = users.find(({ userId }) => userId === String(id));
    if (!found) throw new Error(`The demo organisation has no user ${id}`);
    return found;
  };
  const address = (id: number) => `${localPart(user(id).name)}@${organisation.domain}`;
  const free = users.filter(({ standing, active }) => standing === 'no_address' && active);
  const take = () => Number(free.shift()?.userId);
  const [twice, first, second, strange] = [take(), take(), take(), take()];
  const row = (id: number, connect: string, why: string) => [
    ...keysOf(user(id)),
    user(id).name,
    connect,
    why,
  ];
  const corrected = 6;
  const damaged = take();
  const rows = [
    row(corrected, `ny.${address(corrected)}`, 'den här raden är rätt'),
    [user(damaged).userId, '1,98503E+11', user(damaged).name, address(damaged), 'Excel har ändrat numret'],
    row(take(), 'karin lindstrom@company.se', 'mellanslag i adressen'),
    row(take(), 'fornamn@gmail.com', 'domänen är inte tillåten'),
    row(twice, 'en@company.se', 'samma person, två adresser'),
    row(twice, 'tva@company.se', 'samma person, två adresser'),
    row(first, 'samma@company.se', 'två personer, samma adress'),
    row(second, 'samma@company.se', 'två personer, samma adress'),
    row(take(), 'lena@company.se', 'adressen är Lenas'),
    ['99999', '9999', 'Okänd Person', 'okand@company.se', 'användaren finns inte'],
    [user(strange).userId, '0001', user(strange).name, address(strange), 'numret är någon annans'],
    ['', '0077', 'Utan Id', 'utan.id@company.se', 'användar-id saknas'],
    [...row(take(), 'en.cell@company.se', 'raden har en cell för mycket'), 'här'],
    row(1, 'lena.berg@company.se', 'redan kopplad'),
    row(14, 'anna@company.se', 'oförändrad'),
    row(take(), '', 'ingen adress'),
  ];
  return Buffer.from(table([[...addressHeader, 'Kommentar'], ...rows]));
}

/** What the HR system exports and Excel saves on a Swedish computer: Windows-1252, with columns that nobody asked for. */
function newEmployees(): Buffer {
  const rows = Array.from({ length: 40 }, (_, index) => {
    const id = 201 + index;
    const name = nameOf(id);
    const email = `${localPart(name)}@${organisation.domain}`;
    const department = index % 3 === 0 ? 'Kundtjänst' : 'Butik; Visby';
    return [id, `0${id}`, name, 'Sydbutik', department, 'Visby', email, 'Timlön', email, 'Lena Berg'];
  });
  const header = ['Användar-id', 'Anställningsnummer', 'Namn', 'Företag', 'Avdelning', 'Kontor', 'E-post'];
  return iconv.encode(
    table([[...header, 'Lönegrupp', 'E-post Visma Connect', 'Närmaste chef'], ...rows]),
    'windows-1252',
  );
}

const keysOf = ({ userId, employments }: DemoUser): string[] => [userId, employments[0]?.number ?? ''];

const table = (rows: readonly (readonly unknown[])[]): string =>
  stringify(
    rows.map((row) => [...row]),
    { delimiter: ';', record_delimiter: 'windows' },
  );
