import { TZDate } from '@date-fns/tz';
import type { Language } from './language.ts';

/** Where the bot's users live: every time that they read is in this zone. */
export const timeZone = 'Europe/Stockholm';

const locales: Readonly<Record<Language, string>> = { sv: 'sv-SE', en: 'en-GB' };
const agoSv = ['i söndags', 'i måndags', 'i tisdags', 'i onsdags', 'i torsdags', 'i fredags', 'i lördags'];
const dayMs = 24 * 60 * 60 * 1000;

/** Formats are made once: making one takes longer than writing a whole mail. */
const numberFormats: Readonly<Record<Language, Intl.NumberFormat>> = {
  sv: new Intl.NumberFormat(locales.sv),
  en: new Intl.NumberFormat(locales.en),
};
const dayFormats = {
  withoutYear: dayFormat({ day: 'numeric', month: 'long' }),
  withYear: dayFormat({ day: 'numeric', month: 'long', year: 'numeric' }),
};

function dayFormat(parts: Intl.DateTimeFormatOptions): Readonly<Record<Language, Intl.DateTimeFormat>> {
  const format = (language: Language) => new Intl.DateTimeFormat(locales[language], { timeZone, ...parts });
  return { sv: format('sv'), en: format('en') };
}

/** `1150` → "1 150" (with a no-break space) or "1,150". */
export function formatNumber(n: number, language: Language): string {
  return numberFormats[language].format(n);
}

/** "den 23 november kl. 14.02" or "23 November, 14:02", with the year where it is not that of `now`. */
export function formatTime(date: Date, language: Language, now = new Date()): string {
  const local = new TZDate(date, timeZone);
  const [hours, minutes] = [two(local.getHours()), two(local.getMinutes())];
  const day = formatDay(date, language, now);
  return language === 'sv' ? `${day} kl. ${hours}.${minutes}` : `${day}, ${hours}:${minutes}`;
}

/** "den 23 november" or "23 November", with the year where it is not that of `now`. */
export function formatDay(date: Date, language: Language, now = new Date()): string {
  const sameYear = localDay(date).slice(0, 4) === localDay(now).slice(0, 4);
  const day = dayFormats[sameYear ? 'withoutYear' : 'withYear'][language].format(date);
  return language === 'sv' ? `den ${day}` : day;
}

/** A day as people say it: "i dag", "i går", "i tisdags"; "today", "yesterday", "on Tuesday"; "on 23 November" further off. */
export function relativeDay(date: Date, language: Language, now = new Date()): string {
  const days = daysBetween(localDay(date), localDay(now));
  const sv = language === 'sv';
  if (days === 0) return sv ? 'i dag' : 'today';
  if (days === 1) return sv ? 'i går' : 'yesterday';
  if (days === -1) return sv ? 'i morgon' : 'tomorrow';
  if (Math.abs(days) < 7) return weekday(date, language, days > 0);
  return sv ? formatDay(date, language, now) : `on ${formatDay(date, language, now)}`;
}

/** The word that goes with `n`: `plural(1, 'rad', 'rader')` → "rad". */
export function plural(n: number, one: string, many: string): string {
  return n === 1 ? one : many;
}

/** "a, b och c" or "a, b and c". */
export function list(items: readonly string[], language: Language): string {
  return new Intl.ListFormat(locales[language]).format(items);
}

/** The calendar day in Stockholm at that moment, as `2026-11-23`. */
export function localDay(date: Date): string {
  return new TZDate(date, timeZone).toISOString().slice(0, 10);
}

function weekday(date: Date, language: Language, past: boolean): string {
  if (language === 'sv' && past) return agoSv[new TZDate(date, timeZone).getDay()] ?? '';
  const name = new Intl.DateTimeFormat(locales[language], { timeZone, weekday: 'long' }).format(date);
  return language === 'sv' ? `på ${name}` : `on ${name}`;
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
