import type { Say } from '../../../rules/language.ts';
import type { UserCard } from '../../../services/users.ts';

/** What to do next, or that there is nothing to do. */
export function nextStep(user: UserCard, say: Say): string {
  if (user.connection === 'connected') return nextWhereConnected(user, say);
  if (user.connection === 'verified') return nextWhereVerified(user, say);
  if (user.sendable !== 'ok') return whyNothingIsSent(user.sendable, say);
  if (user.connection === 'none')
    return say('Nästa steg: ange en adress och verifiera den.', 'Next: enter an address and verify it.');
  if (!user.domainAllowed)
    return say(
      'Nästa steg: ange en adress i en tillåten domän.',
      'Next: enter an address in an allowed domain.',
    );
  if (user.bouncedAt || user.disownedAt)
    return say('Nästa steg: ange rätt adress.', 'Next: enter the right address.');
  if (user.connection === 'pending' && !user.expired)
    return say(
      'Nästa steg: personen bekräftar via länken i mejlet.',
      'Next: the person confirms with the link in the email.',
    );
  return say('Nästa steg: skicka ett verifieringsmejl.', 'Next: send a verification email.');
}

function nextWhereVerified({ account }: UserCard, say: Say): string {
  if (!account) return say('Du behöver inte göra något mer.', 'Nothing more is needed from you.');
  if (account.fault === 'hindered')
    return say('Kontot skapas när det är ordnat.', 'The account is created once that is settled.');
  return account.retryAt
    ? say(
        'Nästa steg: vänta på nästa försök, eller försök igen nu.',
        'Next: wait for the next try, or try again now.',
      )
    : say(
        'Nästa steg: försök igen när felet är rättat. Annars görs ett försök om dagen.',
        'Next: try again once it is fixed. Otherwise it is tried once a day.',
      );
}

/** U7: deactivating somebody leaves the connection. */
function nextWhereConnected({ active }: UserCard, say: Say): string {
  if (active) return say('Allt är klart.', 'All set.');
  return say(
    'Användaren är inaktiverad, men kopplingen finns kvar. Ta bort den om den inte längre behövs.',
    'The user is deactivated, but the connection remains. Delete it if it is no longer needed.',
  );
}

function whyNothingIsSent(sendable: Exclude<UserCard['sendable'], 'ok'>, say: Say): string {
  switch (sendable) {
    case 'deactivated':
      return say(
        'Användaren är inaktiverad, så inga mejl skickas.',
        'The user is deactivated, so no email is sent.',
      );
    case 'not_yet':
      return say(
        'Anställningen har inte börjat. Mejl kan skickas från kl. 09.00 dagen före den första arbetsdagen.',
        'The employment has not started. Email can be sent from 09:00 on the day before the first day of work.',
      );
    case 'ended':
      return say(
        'Anställningen har upphört, så inga mejl skickas.',
        'The employment has ended, so no email is sent.',
      );
  }
}
