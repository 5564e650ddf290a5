import type { Access, Permission } from '../../src/core/access.ts';
import type { Request } from '../../src/core/command.ts';
import type { Language } from '../../src/rules/language.ts';
import { channel } from './platform.ts';

/** Somebody's access with some permissions, in all companies unless told (folded names). */
export function accessTo(permissions: readonly Permission[], companies: Access['companies'] = 'all'): Access {
  return { permissions: new Set(permissions), companies };
}

/** What a command is given when somebody with this access types it; `subjects` gathers whom it concerns. */
export function requestWith(access: Access, language: Language = 'en', subjects: string[] = []): Request {
  return {
    person: { id: 1, name: 'Lena Berg', access },
    place: channel,
    language,
    say: (text) => text[language],
    concerns: (subject) => subjects.push(subject),
  };
}
