import { administrator, nobody, type Permission, permissions } from '../core/access.ts';
import type { Person } from '../core/command.ts';
import type { Example, MessageView } from '../core/view.ts';
import { type Language, speaker, type Text } from '../rules/language.ts';
import { list } from '../rules/say.ts';

const permissionNames: Readonly<Record<Permission, Text>> = {
  'users.view': { sv: 'se användare', en: 'see users' },
  'users.edit': { sv: 'ändra användare', en: 'change users' },
  verify: { sv: 'verifiera konton', en: 'verify accounts' },
  import: { sv: 'läsa in filer', en: 'import files' },
  export: { sv: 'exportera filer', en: 'export files' },
  security: { sv: 'ändra säkerhetsinställningar', en: 'change security settings' },
  roles: { sv: 'dela ut roller', en: 'give roles' },
  audit: { sv: 'läsa granskningsloggen', en: 'read the audit trail' },
  protected: { sv: 'se skyddade identiteter', en: 'see protected identities' },
};

/** Who the reader is to the bot, and what they may do. */
export function whoami(
  person: Person,
  user: { userId: string; name: string } | undefined,
  language: Language,
): MessageView {
  const say = speaker(language);
  const allowed = permissions.filter((permission) => person.access.permissions.has(permission));
  const role = allowed.length > 0 ? say('Administratör', 'Administrator') : say('Medarbetare', 'Employee');
  return {
    kind: 'facts',
    title: person.name,
    facts: [
      { label: say('Roll', 'Role'), value: role },
      {
        label: say('Du får', 'You may'),
        value:
          allowed.length > 0
            ? list(
                allowed.map((permission) => permissionNames[permission][language]),
                language,
              )
            : say('fråga om din egen inloggning', 'ask about your own login'),
      },
      {
        label: say('Din användare', 'Your user'),
        value: user
          ? `${user.name}, ${say('användar-id', 'User-ID')} ${user.userId}`
          : say(
              'Ingen. Din e-postadress här i chatten hör till ingen användare, eller till flera.',
              'None. Your email address in this chat belongs to no user, or to several.',
            ),
      },
    ],
  };
}

export const examples: Record<string, Example> = {
  'administrator without a user': (language) =>
    whoami({ id: 1, name: 'Lena Berg', access: administrator }, undefined, language),
  'an employee': (language) =>
    whoami({ id: 2, name: 'Anna', access: nobody }, { userId: '14', name: 'Anna Svensson' }, language),
};
