import { skipReasons, skipTexts } from './campaign.ts';
import { type Language, speaker } from './language.ts';
import { formatTime } from './say.ts';

/**
 * Why an account is not there yet (V4). `silent`: the identity provider does not answer; `busy`: it can't just now;
 * `refused`: it will not (our token, our request); `garbled`: what answers does not speak SCIM; `hindered`: U7 or D1
 * came in the way. None is the person's fault.
 */
export type AccountFault = 'silent' | 'busy' | 'refused' | 'garbled' | 'hindered';

/** What stands between a proved address and its account. */
export interface AccountTrouble {
  fault: AccountFault;
  /** The provider's, one line, perhaps empty; where `hindered`, the name of the reason (rules/campaign.ts). */
  words: string;
  /** When the next try is due; null: given up, and tried once a day. */
  retryAt: Date | null;
}

/** A user's trouble as the store has it; null: there is none. */
export function troubleOf(user: {
  accountFault: AccountFault | null;
  accountWords: string | null;
  accountRetryAt: Date | null;
}): AccountTrouble | null {
  const { accountFault: fault, accountWords, accountRetryAt: retryAt } = user;
  return fault && { fault, words: accountWords ?? '', retryAt };
}

/** What is known of the trouble, for administrators: what came back, when the next try is due, and whom to tell. */
export function troubleLines(trouble: AccountTrouble, language: Language, now: Date): string[] {
  const say = speaker(language);
  const { fault, retryAt } = trouble;
  const time = retryAt && fault !== 'hindered' && formatTime(retryAt, language, now);
  const lasting = fault === 'refused' || fault === 'garbled' || retryAt === null;
  return [
    whatCameBack(trouble, language),
    ...(time ? [say(`Nästa försök: ${time}.`, `Next try: ${time}.`)] : []),
    ...(lasting && fault !== 'hindered'
      ? [
          say(
            'Det beror inte på personen. Visa det här för den som sköter boten.',
            'It has nothing to do with the person. Show this to whoever looks after the bot.',
          ),
        ]
      : []),
  ];
}

function whatCameBack({ fault, words }: AccountTrouble, language: Language): string {
  const say = speaker(language);
  switch (fault) {
    case 'silent':
      return say('Visma Connect svarar inte.', 'Visma Connect is not answering.');
    case 'busy':
    case 'refused':
      return say(`Visma Connect svarade: ${words}`, `Visma Connect answered: ${words}`);
    case 'garbled':
      return say(
        'Servern på Visma Connects adress ger svar som boten inte förstår.',
        "The server at Visma Connect's address gives answers that the bot does not understand.",
      );
    case 'hindered': {
      const reason = skipReasons.find((one) => one === words);
      return reason ? skipTexts[reason][language] : words;
    }
  }
}
