import { expect, test } from 'vitest';
import {
  type ConnectionState,
  connectionFacts,
  connectionStates,
  factNames,
  mayBecome,
  mayChangeAddress,
  stateNames,
} from '../../src/rules/connection.ts';

test.each<[ConnectionState, ConnectionState[]]>([
  ['none', ['unverified', 'connected']],
  ['unverified', ['none', 'unverified', 'pending', 'connected']],
  ['pending', ['none', 'unverified', 'pending', 'verified', 'connected']],
  ['verified', ['none', 'unverified', 'connected']],
  ['connected', ['unverified']],
])('U1 from %s a connection may become %j and nothing else', (from, allowed) => {
  expect(connectionStates.filter((to) => mayBecome(from, to))).toEqual(allowed);
});

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
