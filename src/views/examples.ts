import type { Example } from '../core/view.ts';
import { examples as campaign } from './campaign.ts';
import { examples as campaignPreview } from './campaign-preview.ts';
import { examples as domains } from './domains.ts';
import { examples as employee } from './employee.ts';
import { examples as exportAnswers } from './export/answers.ts';
import { examples as exportForm } from './export/form.ts';
import { examples as exportMessage } from './export/message.ts';
import { examples as help } from './help.ts';
import { examples as importFill } from './import/fill.ts';
import { examples as importHelp } from './import/help.ts';
import { examples as importMessage } from './import/message.ts';
import { examples as importMissing } from './import/missing.ts';
import { examples as importOutcome } from './import/outcome.ts';
import { examples as importPreview } from './import/preview.ts';
import { examples as importRejected } from './import/rejected.ts';
import { examples as importUndo } from './import/undo.ts';
import { examples as log } from './log.ts';
import { examples as status } from './status.ts';
import { examples as templateCard } from './templates/card.ts';
import { examples as templatesCompare } from './templates/compare.ts';
import { examples as templateForm } from './templates/form.ts';
import { examples as templateList } from './templates/list.ts';
import { examples as userCard } from './user/card.ts';
import { examples as userQuestion } from './user/question.ts';
import { examples as users } from './users.ts';
import { examples as verification } from './verification.ts';
import { examples as whoami } from './whoami.ts';

/** The examples of every view, by the areas that it belongs to: a file's path, with - for /. */
export const allExamples: Readonly<Record<string, Readonly<Record<string, Example>>>> = {
  'campaign-preview': campaignPreview,
  campaign,
  domains,
  employee,
  'export-answers': exportAnswers,
  'export-form': exportForm,
  'export-message': exportMessage,
  help,
  'import-fill': importFill,
  'import-help': importHelp,
  'import-message': importMessage,
  'import-missing': importMissing,
  'import-outcome': importOutcome,
  'import-preview': importPreview,
  'import-rejected': importRejected,
  'import-undo': importUndo,
  log,
  status,
  'templates-card': templateCard,
  'templates-compare': templatesCompare,
  'templates-form': templateForm,
  'templates-list': templateList,
  'user-card': userCard,
  'user-question': userQuestion,
  users,
  verification,
  whoami,
};
