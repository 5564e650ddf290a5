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
    ['AnvändarID', 'userId'],
    ['Anvandar-id', 'userId'],
    ['User ID', 'userId'],
    ['user_id', 'userId'],
    ['Anst.nr', 'employmentNumber'],
    ['Anstnr', 'employmentNumber'],
    ['ANST NR', 'employmentNumber'],
    ['Anställningsnr.', 'employmentNumber'],
    ['Employment No.', 'employmentNumber'],
    ['Epost', 'email'],
    ['E-mail', 'email'],
    ['E‑post Connect', 'connectEmail'],
    ['Connect e-post', 'connectEmail'],
    ['Connect e-mail', 'connectEmail'],
    ['E-post VismaConnect', 'connectEmail'],
    ['Foretag', 'company'],
    ['Fõretag', 'company'],
    ['Anställd fr o m', 'employedFrom'],
    ['Anställd t.o.m', 'employedTo'],
    ['Employee number', undefined],
    ['Anställd', undefined],
    ['Namn:', undefined],
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
    ['E-psot', 'E-post'],
    ['Mail', 'Email'],
    ['Anstälningsnr', 'Anställningsnr'],
    ['Användrar-id', 'Användar-id'],
    ['Anställnignsnummer', 'Anställningsnummer'],
    ['Anställningnumer', 'Anställningsnummer'],
    ['E-post Vsima Connect', 'E-post Visma Connect'],
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
  [['user id', 'Employment no', 'Namn'], 'en'],
  [['Telefon'], 'sv'],
])('the language of %j', (headers, language) => expect(headerLanguage(headers)).toBe(language));
