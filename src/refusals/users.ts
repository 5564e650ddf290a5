import { type AddressProblem, addressProblems } from '../rules/address.ts';
import { type DomainProblem, domainProblems } from '../rules/domains.ts';
import type { Text } from '../rules/language.ts';
import { shortened } from './shortened.ts';

/** One user: their address, their connection, their verification; and the allowed domains. */
export const users = {
  invalid_address: (p: { problem: AddressProblem }) => addressProblems[p.problem],
  verify_one: () => ({
    sv: 'Med `/vc verifiera` skickar du till en användare i taget. Till flera på en gång: `/vc massverifiera`, följt av ett filter.',
    en: 'With `/vc verify` you send to one user at a time. To many at once: `/vc bulk-verify`, followed by a filter.',
  }),
  user_not_found: (p: { userId: string; nearest?: string }) => ({
    sv: `Jag hittar ingen användare med användar-id ”${shortened(p.userId)}”. ${
      p.nearest ? `Menade du \`/vc visa ${p.nearest}\`?` : 'Sök med `/vc användare`.'
    }`,
    en: `I can't find a user with the User-ID "${shortened(p.userId)}". ${
      p.nearest ? `Did you mean \`/vc user ${p.nearest}\`?` : 'Search with `/vc users`.'
    }`,
  }),
  user_unnamed: () => ({
    sv: 'Vilken användare? Skriv `/vc visa` och användar-id, eller sök med `/vc användare`.',
    en: 'Which user? Type `/vc user` and the User-ID, or search with `/vc users`.',
  }),
  not_a_page: (p: { written: string }) => ({
    sv: `”${shortened(p.written)}” är inget sidnummer. Skriv till exempel sida:2.`,
    en: `"${shortened(p.written)}" is not a page number. Write for example page:2.`,
  }),
  user_missing: () => ({
    sv: 'Välj en användare i listan: skriv början på namnet, användar-id:t eller anställningsnumret.',
    en: 'Choose a user from the list: type the beginning of the name, the User-ID or the employment number.',
  }),
  user_deactivated: () => ({
    sv: 'Användaren är inaktiverad och får inga mejl. Aktivera användaren först.',
    en: 'The user is deactivated and gets no email. Activate the user first.',
  }),
  user_not_yet: () => ({
    sv: 'Användaren har inte börjat ännu. Mejlet kan skickas från kl. 09.00 dagen före första arbetsdagen.',
    en: 'The user has not started yet. The email can be sent from 09:00 on the day before the first day of work.',
  }),
  user_ended: () => ({
    sv: 'Användarens anställning har upphört, så inget mejl skickas. Rätta slutdatumet först om det inte stämmer.',
    en: "The user's employment has ended, so no email is sent. If that is wrong, correct the end date first.",
  }),
  addresses_differ: () => ({
    sv: 'Adresserna stämmer inte överens. Skriv samma adress i båda fälten.',
    en: 'The addresses differ. Type the same address in both fields.',
  }),
  domain_not_allowed: (p: { domain: string }) => ({
    sv: `${p.domain} är inte en tillåten domän. Använd en adress i någon av domänerna som \`/vc domäner\` visar.`,
    en: `${p.domain} is not an allowed domain. Use an address in one of the domains that \`/vc domains\` shows.`,
  }),
  address_taken: () => ({
    sv: 'Adressen används av en annan användare. Varje person behöver en egen.',
    en: 'Another user has this address. Everyone needs their own.',
  }),
  address_connected: () => ({
    sv: 'Användaren är redan kopplad, så adressen kan inte ändras. Ta bort kopplingen först.',
    en: 'The user is already connected, so the address cannot be changed. Delete the connection first.',
  }),
  already_connected: () => ({
    sv: 'Användaren är redan kopplad till Visma Connect. Inget mejl behövs.',
    en: 'The user is already connected to Visma Connect. No email is needed.',
  }),
  already_verified: () => ({
    sv: 'Adressen är redan verifierad och kontot skapas. Inget mejl behövs.',
    en: 'The address is already verified and the account is being created. No email is needed.',
  }),
  not_verified: () => ({
    sv: 'Adressen är inte verifierad, så det finns inget konto att skapa ännu. Skriv `/vc visa` och användar-id för att se nästa steg.',
    en: 'The address is not verified, so there is no account to create yet. Type `/vc user` and the User-ID to see what to do next.',
  }),
  no_address: () => ({
    sv: 'Användaren har ingen e-postadress för Visma Connect. Skriv `/vc verifiera` för att ange en.',
    en: 'The user has no email address for Visma Connect. Type `/vc verify` to enter one.',
  }),
  not_connected: () => ({
    sv: 'Användaren är inte kopplad till Visma Connect, så det finns ingen koppling att ta bort. Skriv `/vc visa` och användar-id för att se hur det står till.',
    en: 'The user is not connected to Visma Connect, so there is no connection to delete. Type `/vc user` and the User-ID to see how things stand.',
  }),
  link_limit: () => ({
    sv: 'Du har redan fått flera länkar den senaste timmen. Titta även i skräpposten, eller försök igen om en timme.',
    en: 'You have been sent several links in the last hour. Check junk mail too, or try again in an hour.',
  }),
  domain_one: () => ({
    sv: 'Skriv en domän i taget och inget mer, till exempel `/vc domäner tillåt company.se`.',
    en: 'Write one domain at a time and nothing else, for example `/vc domains allow company.se`.',
  }),
  domain_listed: (p: { domain: string }) => ({
    sv: `${p.domain} är redan tillåten. \`/vc domäner\` visar listan.`,
    en: `${p.domain} is already allowed. \`/vc domains\` shows the list.`,
  }),
  domain_not_listed: (p: { domain: string }) => ({
    sv: `${p.domain} finns inte i listan. \`/vc domäner\` visar den.`,
    en: `${p.domain} is not on the list. \`/vc domains\` shows it.`,
  }),
  invalid_domain: (p: { problem: DomainProblem }) => domainProblems[p.problem],
} satisfies Record<string, (params: never) => Text>;
