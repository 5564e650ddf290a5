import { expect, test } from 'vitest';
import {
  connectionFacts,
  connectionStates,
  factNames,
  mayChangeAddress,
  stateNames,
} from '../../src/rules/connection.ts';

test('U5 only a connected address cannot be changed', () => {
  expect(connectionStates.filter((state) => !mayChangeAddress(state))).toEqual(['connected']);
});

test('U1 states and facts have names in both languages, and no fact is a state', () => {
  const names = [...connectionStates.map((s) => stateNames[s]), ...connectionFacts.map((f) => factNames[f])];
  for (const { sv, en } of names) expect(sv && en).toBeTruthy();
  expect(new Set(names.map(({ sv }) => sv)).size).toBe(names.length);
  expect(connectionFacts.filter((fact) => (connectionStates as readonly string[]).includes(fact))).toEqual(
    [],
  );
});
