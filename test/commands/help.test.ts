import { afterEach, beforeEach, expect, it, test } from 'vitest';
import { helpCommand } from '../../src/commands/help.ts';
import type { Command } from '../../src/core/command.ts';
import { registry } from '../../src/core/registry.ts';
import { everybody, keyNames, statusNames, yesNo } from '../../src/rules/filter-words.ts';
import { eachStore } from '../support/database.ts';
import { directWith } from '../support/platform.ts';
import { accessTo, requestWith } from '../support/request.ts';
import { createTalk, type Talk } from '../support/talk.ts';

eachStore('/vc help', (database) => {
  let talk: Talk;
  beforeEach(() => {
    talk = createTalk(database());
  });
  afterEach(() => talk.audit.flush());
  const types = (line: string, who = 'lena') => talk.as(who).types(line);

  it('A2 shows an administrator every verb, in both languages', async () => {
    const en = await types('help');
    expect([...en.text.matchAll(/^\/vc (\S+)/gm)].map(([, verb]) => verb)).toEqual([
      'help',
      'users',
      'user',
      'domains',
      'status',
      'whoami',
    ]);
    expect((await types('hjälp')).text).toContain('/vc användare [FILTER] – Listar användare, med filter');
  });

  it('A2 shows an employee in a channel where to ask, and in a direct conversation their own next step', async () => {
    expect((await types('help', 'anna')).text).toContain('Write to me in a direct message');
    expect((await types('', 'anna')).text).toContain('Write to me in a direct message');
    const direct = talk.as('anna', directWith('anna'));
    expect((await direct.types('help')).text).toBe('How your login stands.');
    expect((await direct.writes('help')).text).toBe('How your login stands.');
    expect((await direct.writes('Hjälp!')).text).toBe('Så står det till med din inloggning.');
  });

  test.each([
    ['help users', ['/vc users [FILTER]', '`/vc users svensson`']],
    ['help /vc users', ['/vc users [FILTER]']],
    ['hjälp användare', ['/vc användare [FILTER]', 'Till exempel:']],
    ['help domains allow', ['/vc domains allow DOMAIN']],
    ['help usres', ['Did you mean `/vc help users`?']],
    ['help xyzzy', ['I don\'t know "xyzzy". Type `/vc help`']],
  ])('"%s" shows %j', async (line, sentences) => {
    const { text } = await types(line);
    for (const sentence of sentences) expect(text).toContain(sentence);
  });

  test.each([
    ['help users', 'en'],
    ['help filters', 'en'],
    ['help filter company:X', 'en'],
    ['hjälp användare', 'sv'],
    ['hjälp filter', 'sv'],
  ] as const)(
    'B1 "%s" lists every filter with what it takes, in the language that it was asked in',
    async (line, language) => {
      const { text } = await types(line);
      for (const key of Object.values(keyNames)) expect(text).toContain(`\n${key[language]}:`);
      const words = [...Object.values(statusNames), ...Object.values(yesNo), everybody].map(
        (word) => word[language],
      );
      for (const word of words) expect(text).toMatch(new RegExp(`[ \n:]${word}(?=[,. \n]|$)`));
      expect(text).not.toMatch(language === 'sv' ? /\b(company|pending|yes)\b/ : /företag|väntar|\bja\b/);
    },
  );

  it('B1 lists no filters with a verb that takes none, nor for somebody who may not use one', async () => {
    expect((await types('help domains')).text).not.toContain('status:');
    expect((await types('help filters', 'anna')).text).not.toContain('status:');
  });

  it('A2 knows and suggests no verb that the caller may not use', async () => {
    for (const line of ['help users', 'help usres', 'usres'])
      expect((await types(line, 'anna')).text).not.toMatch(/\/vc (help )?users/);
  });

  it('A2 shows of a verb only the ways to write it that the caller may use', async () => {
    const { all } = talk.commands;
    const commands = registry(all);
    const help: Command = helpCommand(() => commands, all[0] as Command);
    const [looks] = await help.run(requestWith(accessTo(['users.view'])), [{ kind: 'word', text: 'user' }]);
    const [edits] = await help.run(requestWith(accessTo(['users.view', 'users.edit'])), [
      { kind: 'word', text: 'user' },
    ]);
    expect(JSON.stringify(looks)).not.toContain('remove-address');
    expect(JSON.stringify(edits)).toContain('remove-address');
    const [all2] = await help.run(requestWith(accessTo(['users.view'])), []);
    expect(JSON.stringify(all2)).toContain('/vc users');
    expect(JSON.stringify(all2)).not.toContain('/vc domains');
  });

  it('every example and usage line reads back as its own verb', async () => {
    for (const command of talk.commands.all) {
      for (const { sv, en } of [...command.usage, ...command.examples]) {
        expect(talk.commands.find(sv.split(' ')[0] ?? '')).toBe(command);
        expect(talk.commands.find(en.split(' ')[0] ?? '')).toBe(command);
      }
    }
  });
});
