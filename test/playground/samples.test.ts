import { expect, test } from 'vitest';
import { inspect, readRows, surveyFile } from '../../src/csv/index.ts';
import { samples } from '../../src/playground/demo/samples.ts';
import { parseAddress } from '../../src/rules/address.ts';
import { drop } from '../csv/dropped.ts';

test.each([...samples])('the sample %s can be dropped', async (_name, read) => {
  const path = drop(await read());
  const { shape, header } = await inspect(path, await surveyFile(path, 10_000_000));
  const addresses: string[] = [];
  for await (const { rows } of readRows(path, shape, header))
    addresses.push(...rows.flatMap(({ values }) => values.connectEmail || []));
  expect(addresses.filter((address) => parseAddress(address).ok).length).toBeGreaterThan(0);
});
