import { emptyFilter } from '../../../rules/filter.ts';
import { exportTemplates } from '../../../rules/templates.ts';
import type { ExportStatus } from '../../../services/exports/index.ts';

/** When the examples are looked at. */
export const lookedAt = new Date('2026-11-28T13:10:00Z');

export const writing: ExportStatus = {
  id: 44,
  state: 'writing',
  fileName: 'kollegor & vänner.csv',
  template: exportTemplates.connectEmail,
  filter: { ...emptyFilter(), companies: ['Företaget AB'], departments: ['Ekonomi & Lön'], users: ['14'] },
  onlyNew: undefined,
  departments: undefined,
  createdAt: new Date('2026-11-28T13:02:00Z'),
  by: 'Lena Berg',
  expected: { users: 100_000, shielded: 3 },
  written: { users: 15_000, shielded: 1 },
  rows: 15_212,
  size: 0,
  large: false,
  until: undefined,
};

export const done: ExportStatus = {
  ...writing,
  state: 'done',
  expected: { users: 1204, shielded: 3 },
  written: { users: 1204, shielded: 3 },
  rows: 1240,
  size: 57_344,
  until: new Date('2026-11-29T13:02:00Z'),
};

export const large: ExportStatus = {
  ...done,
  expected: { users: 100_000, shielded: 0 },
  written: { users: 100_000, shielded: 0 },
  rows: 104_012,
  size: 9_437_184,
  large: true,
};

export const toFlex: ExportStatus = {
  ...done,
  fileName: 'flex.csv',
  template: exportTemplates.toFlex,
  filter: { ...emptyFilter(), all: true },
  onlyNew: { since: new Date('2026-11-21T13:02:00Z') },
  written: { users: 31, shielded: 0 },
  rows: 31,
};

export const byDepartment: ExportStatus = { ...done, fileName: 'kollegor.zip', departments: { files: 12 } };
