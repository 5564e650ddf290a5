import { asking } from './asking.ts';
import { bulkVerifying } from './bulk-verify.ts';
import { employees } from './employees.ts';
import { exporting } from './exporting.ts';
import { filling } from './filling.ts';
import { importing } from './importing.ts';
import { looking } from './looking.ts';
import { sending } from './sending.ts';
import { templating } from './templating.ts';
import { undoing } from './undoing.ts';
import { verifying } from './verify.ts';
import { workbooks } from './workbooks.ts';

/** Every conversation that is held on each platform. */
export const conversations = [
  ...importing,
  ...workbooks,
  ...templating,
  ...exporting,
  ...filling,
  ...undoing,
  ...verifying,
  ...bulkVerifying,
  ...employees,
  ...looking,
  ...sending,
  ...asking,
];
