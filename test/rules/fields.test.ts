import { describe, expect, test } from 'vitest';
import {
  type FieldKey,
  fieldByName,
  fieldKeys,
  fieldNames,
  headerLanguage,
  isFaultColumn,
  nearestField,
} from '../../src/rules/fields.ts';

describe('I2 columns by their header', () => {
  test.each<[string, FieldKey | undefined]>([
    ['Användar-id', 'userId'],
    ['  ANVÄNDAR-ID ', 'userId'],
    ['\ufeffAnvändar-id', 'userId'],
    ['User-ID', 'userId'],
    ['Anställningsnummer', 'employmentNumber'],
    ['employment number', 'employmentNumber'],
    ['E-post', 'email'],
    ['Email', 'email'],
    ['E-post Visma Connect', 'connectEmail'],
    ['Email Visma\u00a0Connect', 'connectEmail'],
    ['Kort-/Tag-id', 'cardTagId'],
    ['Anställd från', 'employedFrom'],
    ['Anställd fra\u030an', 'employedFrom'],
    ['Employed to', 'employedTo'],
    ['Telefon', undefined],
    ['E-post privat', undefined],
    ['Fel', undefined],
    ['', undefined],
  ])('"%s"', (header, key) => expect(fieldByName(header)).toBe(key));

  test('every field is found by both its names, and by no other field’s', () => {
    for (const key of fieldKeys) {
      expect(fieldByName(fieldNames[key].sv)).toBe(key);
      expect(fieldByName(fieldNames[key].en)).toBe(key);
    }
  });

  test.each([
    ['Epost', 'E-post'],
    ['E-mail', 'Email'],
    ['Mail', 'Email'],
    ['Användarid', 'Användar-id'],
    ['Anvandar-id', 'Användar-id'],
    ['Användrar-id', 'Användar-id'],
    ['Anställnignsnummer', 'Anställningsnummer'],
    ['Anställningnumer', 'Anställningsnummer'],
    ['E-mail Visma Connect', 'Email Visma Connect'],
    ['E-post VismaConnect', 'E-post Visma Connect'],
    ['Fõretag', 'Företag'],
    ['Nmae', 'Name'],
    ['Namn:', 'Namn'],
  ])('"%s" is nearly %s', (header, near) => expect(nearestField(header)).toBe(near));

  test.each([
    'E-post privat',
    'E-post 2',
    'Telefon',
    'Efternamn',
    'Förnamn',
    'Ort',
    'Konto',
    'Avdelningsnr',
    'Avdelning 2',
    'Department ID',
    'Företagsnr',
    'Roll',
    'Id',
    'Till',
    'Chef',
    'Kön',
    '',
    '1',
  ])('"%s" is a column of its own', (header) => expect(nearestField(header)).toBeUndefined());
});

test('I7 the column of faults is known in both languages', () => {
  expect(['Fel', ' ERROR ', '\ufefffel'].map(isFaultColumn)).toEqual([true, true, true]);
  expect(isFaultColumn('Felkod')).toBe(false);
});

test.each([
  [['Användar-id', 'Namn', 'E-post'], 'sv'],
  [['User-ID', 'Name', 'Telefon'], 'en'],
  [['Telefon'], 'sv'],
])('the language of %j', (headers, language) => expect(headerLanguage(headers)).toBe(language));
