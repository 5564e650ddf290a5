import { describe, expect, test } from 'vitest';
import {
  formatDay,
  formatNumber,
  formatTime,
  list,
  localDay,
  plural,
  relativeDay,
} from '../../src/rules/say.ts';

const now = new Date('2026-11-23T13:02:00Z');

describe('numbers and words', () => {
  test('1150 reads as Swedes and Britons write it', () => {
    expect(formatNumber(1150, 'sv')).toBe('1\u00a0150');
    expect(formatNumber(1150, 'en')).toBe('1,150');
    expect(formatNumber(14, 'sv')).toBe('14');
  });

  test.each([
    [0, 'rader'],
    [1, 'rad'],
    [2, 'rader'],
  ])('%i %s', (n, word) => expect(plural(n, 'rad', 'rader')).toBe(word));

  test.each([
    [[], '', ''],
    [['a'], 'a', 'a'],
    [['a', 'b'], 'a och b', 'a and b'],
    [['a', 'b', 'c'], 'a, b och c', 'a, b and c'],
  ])('%j as a list', (items, sv, en) => {
    expect(list(items, 'sv')).toBe(sv);
    expect(list(items, 'en')).toBe(en);
  });
});

describe('times in Stockholm', () => {
  test.each([
    ['winter', '2026-11-23T13:02:00Z', 'den 23 november kl. 14.02', '23 November, 14:02'],
    ['summer', '2026-07-01T07:05:00Z', 'den 1 juli kl. 09.05', '1 July, 09:05'],
    ['past midnight there', '2026-11-23T23:30:00Z', 'den 24 november kl. 00.30', '24 November, 00:30'],
    ['another year', '2025-12-31T22:59:00Z', 'den 31 december 2025 kl. 23.59', '31 December 2025, 23:59'],
  ])('%s', (_, iso, sv, en) => {
    expect(formatTime(new Date(iso), 'sv', now)).toBe(sv);
    expect(formatTime(new Date(iso), 'en', now)).toBe(en);
  });

  test('a day alone', () => {
    expect(formatDay(new Date('2026-11-17T10:00:00Z'), 'sv', now)).toBe('den 17 november');
    expect(formatDay(new Date('2026-11-17T10:00:00Z'), 'en', now)).toBe('17 November');
    expect(localDay(new Date('2026-12-31T23:00:00Z'))).toBe('2027-01-01');
  });

  test.each([
    ['2026-11-22T23:00:00Z', 'i dag', 'today'],
    ['2026-11-22T22:59:00Z', 'i går', 'yesterday'],
    ['2026-11-21T12:00:00Z', 'i lördags', 'on Saturday'],
    ['2026-11-17T12:00:00Z', 'i tisdags', 'on Tuesday'],
    ['2026-11-16T12:00:00Z', 'den 16 november', 'on 16 November'],
    ['2026-11-23T23:00:00Z', 'i morgon', 'tomorrow'],
    ['2026-11-28T12:00:00Z', 'på lördag', 'on Saturday'],
    ['2027-01-15T12:00:00Z', 'den 15 januari 2027', 'on 15 January 2027'],
  ])('%s, seen on Monday 23 November: %s, %s', (iso, sv, en) => {
    expect(relativeDay(new Date(iso), 'sv', now)).toBe(sv);
    expect(relativeDay(new Date(iso), 'en', now)).toBe(en);
  });
});
