import type { Command } from '../../src/core/command.ts';
import type { Database } from '../../src/database/database.ts';
import { refuse } from '../../src/errors.ts';
import { tokenText } from '../../src/rules/line.ts';
import { spendPress } from '../../src/services/presses.ts';

/** `rename USER-ID`: a form with a name. */
export function renameCommand(database: Database): Command {
  return {
    name: 'rename',
    swedish: [],
    summary: { sv: 'rename', en: 'rename' },
    usage: [{ sv: 'rename', en: 'rename' }],
    examples: [],
    permission: () => 'users.edit',
    run: async (_request, args) => [
      {
        view: {
          kind: 'form',
          title: 'Rename',
          fields: [{ name: 'name', label: 'Name', type: 'text' }],
          submit: 'Save',
          cancel: 'Cancel',
          line: `rename ${args.map(tokenText).join(' ')}`,
        },
      },
    ],
    search: async (_request, _args, _field, typed) => [{ value: typed, label: typed }],
    submit: async ({ press, concerns }, [arg], { name }) => {
      await database.transaction(async (tx) => {
        await spendPress(tx, press);
        if (!name) throw refuse('invalid_address', { problem: 'empty' }, 'name');
        const where = { userId: arg ? tokenText(arg) : '' };
        const [user] = await tx.user.findMany({ where });
        if (user) concerns(user.subject);
        await tx.user.updateMany({ where, data: { name } });
      });
      return [{ view: { kind: 'note', tone: 'plain', text: 'Done.' } }];
    },
  };
}
