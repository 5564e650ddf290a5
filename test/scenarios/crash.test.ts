import { crashes } from './crash.ts';
import { holdOn } from './harness/run.ts';
import { slackSurface } from './harness/slack.ts';

holdOn(slackSurface(), crashes);
