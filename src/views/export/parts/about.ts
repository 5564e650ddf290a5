import { type Language, speaker } from '../../../rules/language.ts';
import { formatNumber, formatTime, plural } from '../../../rules/say.ts';
import type { ExportStatus } from '../../../services/exports/index.ts';

/** "1 204 användare på 1 240 rader"; the rows are said where they are more than the users. */
export function howMany({ written: { users }, rows }: ExportStatus, language: Language): string {
  const say = speaker(language);
  const [n, r] = [formatNumber(users, language), formatNumber(rows, language)];
  const who = say(`${n} användare`, `${n} ${plural(users, 'user', 'users')}`);
  if (rows === users) return who;
  return say(`${who} på ${r} rader`, `${who} on ${r} rows`);
}

/** Since when, where only what is new is exported; undefined: everything is. */
export function newLine(onlyNew: ExportStatus['onlyNew'], language: Language, now: Date): string | undefined {
  const say = speaker(language);
  if (!onlyNew) return undefined;
  if (!onlyNew.since)
    return say(
      'De som har bekräftat sin adress hittills: samma sak har inte exporterats förut.',
      'Those who have confirmed their address so far: the same was never exported before.',
    );
  const since = formatTime(onlyNew.since, language, now);
  return say(
    `De som har bekräftat sin adress sedan förra exporten, ${since}.`,
    `Those who have confirmed their address since the last export, ${since}.`,
  );
}
