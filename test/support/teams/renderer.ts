import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const bundle = 'adaptivecards/dist/adaptivecards.js';
const { AdaptiveCard, SerializationContext, Versions } = require(bundle) as typeof import('adaptivecards');

/** A card as the renderer writes it after it has read it: what it did not understand is gone. */
export function roundTrip(card: object): unknown {
  const context = new SerializationContext(Versions.v1_5);
  const parsed = new AdaptiveCard();
  parsed.parse(card, context);
  return parsed.toJSON(context);
}

/** The renderer's code, to be run in a browser: it puts `AdaptiveCards` there. */
export const rendererScript = (): string => readFileSync(require.resolve(bundle), 'utf8');
