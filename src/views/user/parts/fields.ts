import type { Language, Say } from '../../../rules/language.ts';
import { formatDay } from '../../../rules/say.ts';
import type { EmploymentRow, UserCard } from '../../../services/users.ts';
import type { Reader } from './reader.ts';

/** What is known of the user and their employments; '' where a field is empty. */
export function fieldsOf(user: UserCard, reader: Reader): { label: string; value: string }[] {
  const { say } = reader;
  const text = (value: string | null) => value ?? '';
  return [
    { label: say('Användar-id', 'User-ID'), value: user.userId },
    { label: say('E-post Visma Connect', 'Email Visma Connect'), value: text(user.connectEmail) },
    { label: say('E-post', 'Email'), value: text(user.email) },
    { label: say('Aktiverad', 'Activated'), value: user.active ? say('Ja', 'Yes') : say('Nej', 'No') },
    ...user.employments.map((employment) => ({
      label: say('Anställning', 'Employment'),
      value: employmentLine(employment, reader),
    })),
    { label: say('Språk', 'Language'), value: languageName(user.language, say) },
    { label: say('Alias användar-id', 'Alias user-ID'), value: text(user.aliasUserId) },
    { label: say('Signatur', 'Signature'), value: text(user.signature) },
    { label: say('Kort-/Tag-id', 'Card-/Tag-ID'), value: text(user.cardTagId) },
    { label: say('Extern referens', 'External reference'), value: text(user.externalReference) },
    {
      label: say('Skyddad identitet', 'Protected identity'),
      value: user.protectedIdentity ? say('Ja', 'Yes') : '',
    },
  ];
}

function languageName(language: Language | null, say: Say): string {
  if (language === null) return '';
  return language === 'sv' ? say('svenska', 'Swedish') : say('engelska', 'English');
}

function employmentLine(employment: EmploymentRow, { language, say, now }: Reader): string {
  const { company, number, department, office, startsOn, endsOn } = employment;
  const day = (date: Date) => formatDay(date, language, now);
  const dates = [
    startsOn && `${say('från', 'from')} ${day(startsOn)}`,
    endsOn && `${say('till och med', 'to')} ${day(endsOn)}`,
  ];
  const period = dates.filter(Boolean).join(' ');
  return [company, `${say('nr', 'no.')} ${number}`, department, office, period].filter(Boolean).join(', ');
}
