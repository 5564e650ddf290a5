import { expect } from 'vitest';
import { scenario } from './harness/conversation.ts';
import { employ } from './harness/staff.ts';

/** What bad input gets: the fault by name, and the next step. */
export const asking = [
  scenario('verbs, filters and addresses that are nearly right', async ({ lena, erik }, { mail }) => {
    await employ(lena, 30);
    const gets = async (line: string, answer: string | RegExp) => {
      await lena.types(line, 'hr');
      await lena.sees(answer, { in: 'hr', mine: true });
    };
    await gets('/vc verifera anna@company.se', 'Menade du /vc verifiera?');
    await gets('/vc stauts', 'Menade du /vc status?');
    await gets('/vc frobnicate', 'för att se vad jag kan');
    await gets('/vc massverifiera avdeling:IT', 'Menade du avdelning:?');
    await gets('/vc massverifiera avdelning:Produktoin', /Menade du .*Produktion\?/);
    await gets('/vc massverifiera status:vantar', 'Ingen användare matchar filtret');
    await gets('/vc massverifiera status:klart', /status/);
    await gets('/vc massverifiera', 'Till vilka?');
    await gets('/vc massverifiera svensson', 'går inte att välja med sökord');
    await gets('/vc massverifiera avdelning:"Ekonomi & Lön', 'Ett citattecken saknar sitt par');
    await gets('/vc massverifiera avdelning:”Ekonomi & Lön”', 'Utskick #');
    await gets('/vc massverifiera bekräfta #99', 'Det finns inget utskick #99');
    await gets('/vc visa', 'Vilken användare?');
    await gets('/vc visa 4711', /4711/);
    await gets('/vc användare sida:99', 'Sida 3 av 3');
    await gets('/vc användare sida:två', 'är inget sidnummer');
    await gets('/vc verify anna@company', 'saknar punkt');
    await gets('/vc verify anna@', /efter @/);
    await gets('/vc verify åsa@company.se', 'inte å, ä eller ö');
    await gets('/vc verify anna@company.se, bjorn@company.se', 'mer än en adress');
    await gets('/vc verify alla', 'Till flera på en gång');
    await gets('/vc domäner tillåt company', 'Skriv hela domänen med punkt');
    await gets('/vc domäner tillåt gmail.com', /gmail\.com/);
    await gets('/vc domäner company.se', 'Menade du /vc domäner tillåt company.se?');
    await gets('/vc hjälp frobnicate', 'Jag känner inte till');
    await lena.writes('verifera anna@company.se');
    await lena.sees('Menade du /vc verifiera?', { in: 'bot' });
    await erik.types('/vc bulk-verify departmet:IT', 'hr');
    await erik.sees('Did you mean department:?');
    expect(mail.mails).toHaveLength(0);
  }),
];
