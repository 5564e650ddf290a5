import type { Command } from '../core/command.ts';
import { type Registry, registry } from '../core/registry.ts';
import type { Campaigns } from '../services/campaigns/index.ts';
import type { Domains } from '../services/domains.ts';
import type { Filters } from '../services/filter.ts';
import type { Templates } from '../services/templates.ts';
import type { Users } from '../services/users.ts';
import type { Verifications } from '../services/verifications/index.ts';
import { bulkVerifyCommand } from './bulk-verify.ts';
import { domainsCommand } from './domains.ts';
import { employeeCommand } from './employee.ts';
import { type ExportCommandParts, exportCommand } from './export.ts';
import { type FillCommandParts, fillCommand } from './fill.ts';
import { helpCommand } from './help.ts';
import { type ImportCommandParts, importCommand } from './import.ts';
import { type LogCommandParts, logCommand } from './log.ts';
import { statusCommand } from './status.ts';
import { templatesCommand } from './templates.ts';
import { type UserParts, userCommand } from './user.ts';
import { usersCommand } from './users.ts';
import { type VerifyParts, verifyCommand } from './verify.ts';
import { whoamiCommand } from './whoami.ts';

/** What the commands work with. */
export interface CommandParts
  extends Omit<UserParts, 'filters' | 'users'>,
    LogCommandParts,
    Omit<ImportCommandParts, 'users'>,
    Pick<FillCommandParts, 'fills'>,
    Pick<ExportCommandParts, 'exports'> {
  users: Users;
  filters: Filters;
  verifications: Verifications;
  campaigns: Campaigns;
  domains: Domains;
  templates: Templates;
  counter: VerifyParts['counter'];
}

/** Every command, in help order; and what a direct message that is none of them gets. */
export function createCommands(parts: CommandParts): { commands: Registry; employee: Command } {
  const { users, filters, verifications, counter } = parts;
  const employee = employeeCommand(verifications, counter);
  const commands: Registry = registry([
    helpCommand(() => commands, employee),
    verifyCommand({ users, verifications, counter }),
    bulkVerifyCommand(parts.campaigns, filters),
    importCommand(parts),
    fillCommand(parts),
    exportCommand(parts),
    templatesCommand(parts.templates),
    usersCommand(users, filters),
    userCommand(parts),
    domainsCommand(parts.domains),
    statusCommand(users),
    logCommand(parts),
    whoamiCommand(users),
  ]);
  return { commands, employee };
}
