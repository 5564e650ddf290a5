import type { Dispatch } from '../core/dispatch.ts';
import type { Door } from '../core/door.ts';
import { createScimIdentity } from '../identity/scim.ts';
import { createCampaignSendJob } from '../jobs/campaign-send.ts';
import { createCampaignTendJob } from '../jobs/campaign-tend.ts';
import { createConnectJob, createConnectTendJob } from '../jobs/connect.ts';
import { createEventJob } from '../jobs/event.ts';
import { createExportHandJob } from '../jobs/export-hand.ts';
import { createExportWriteJob } from '../jobs/export-write.ts';
import { createImportApplyJob } from '../jobs/import-apply.ts';
import { createImportReadJob } from '../jobs/import-read.ts';
import { createImportTendJob } from '../jobs/import-tend.ts';
import { createImportWarnJob } from '../jobs/import-warn.ts';
import type { Job } from '../jobs/job.ts';
import { createNotifyJob } from '../jobs/notify.ts';
import { createPurgeJob } from '../jobs/purge.ts';
import { createSendJob } from '../jobs/send.ts';
import { createVerificationTendJob } from '../jobs/verification-tend.ts';
import { campaignMessage } from '../views/campaign.ts';
import { aboutExport } from '../views/export/answers.ts';
import { exportMessage } from '../views/export/message.ts';
import { readableByAll } from '../views/import/help.ts';
import { importMessage } from '../views/import/message.ts';
import { verificationStatus } from '../views/verification.ts';
import type { Base } from './base.ts';
import type { Services } from './services.ts';

/** Makes every job of the queue. */
export function createJobs(
  base: Base,
  services: Services,
  doors: readonly Door[],
  dispatch: Dispatch,
): Job[] {
  const { config, database, messages, site, log, verifications } = base;
  const {
    mailer,
    rate,
    perSecond,
    accounts,
    campaigns,
    imports,
    exports,
    presses,
    people,
    outboxes,
    events,
  } = services;
  const sending = { database, messages, mailer, rate, letterhead: site, log };
  return [
    createSendJob(sending),
    createCampaignSendJob({ ...sending, perSecond }),
    createCampaignTendJob({ database, messages }),
    createVerificationTendJob({ database, messages }),
    createConnectJob({ accounts, identity: config.identity && createScimIdentity(config.identity), log }),
    createConnectTendJob({ database }),
    createImportReadJob({
      database,
      messages,
      outboxes,
      dataDir: config.dataDir,
      language: config.orgLanguage,
      log,
    }),
    createImportWarnJob({ database, outboxes, readable: readableByAll }),
    createImportApplyJob({ database, messages, log }),
    createImportTendJob(database),
    createExportWriteJob({ database, messages, log }),
    createExportHandJob({ database, exports, people, presses, outboxes, about: aboutExport }),
    createPurgeJob({ database, messages, dataDir: config.dataDir }),
    createEventJob(events, new Map(doors.map((door) => [door.surface, door.eventHandler(dispatch)]))),
    createNotifyJob({
      database,
      presses,
      people,
      outboxes,
      log,
      views: {
        verification: async (id, { language }) => {
          const report = await verifications.report(id);
          return report && verificationStatus(report, language);
        },
        campaign: async (id, reader) => {
          const status = await campaigns.status(id, reader.audience);
          return status && campaignMessage(status, reader);
        },
        import: async (id, reader) => {
          const status = await imports.status(id);
          return status && importMessage(status, reader);
        },
        export: async (id, reader) => {
          const status = await exports.status(id);
          return status && exportMessage(status, reader);
        },
      },
    }),
  ];
}
