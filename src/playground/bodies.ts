import { z } from 'zod';
import type { Act, TeamsAct } from './wire.ts';

const id = z.string().min(1).max(255);
const text = z.string().max(12_000);
const at = z.object({ room: id.optional(), message: id.optional(), block: id, action: id });
const value = z.union([text, z.array(text).max(100), z.null()]);

/** What a member does in Slack, as the page sends it. */
export const actBody = z.discriminatedUnion('act', [
  z.object({ act: z.literal('command'), room: id, line: text.min(1) }),
  z.object({ act: z.literal('write'), room: id, text: text.min(1) }),
  z.object({ act: z.literal('press'), at }),
  z.object({ act: z.literal('choose'), at, value: text }),
  z.object({ act: z.literal('search'), at, text }),
  z.object({ act: z.literal('submit'), values: z.record(id, z.record(id, value)) }),
  z.object({ act: z.literal('close') }),
]) as z.ZodType<Act>;

const inputs = z.record(id, text);

/** What a member does in Teams, as the page sends it. */
export const teamsActBody = z.discriminatedUnion('act', [
  z.object({ act: z.literal('write'), room: id, text: text.min(1), thread: id.optional() }),
  z.object({
    act: z.literal('press'),
    room: id,
    message: id,
    action: id,
    values: inputs.optional(),
  }),
  z.object({ act: z.literal('consent'), room: id, message: id, accepts: z.boolean() }),
  z.object({ act: z.literal('search'), input: id, text }),
  z.object({ act: z.literal('submit'), values: inputs }),
  z.object({ act: z.literal('close') }),
  z.object({ act: z.literal('install'), room: id, isThere: z.boolean() }),
]) as z.ZodType<TeamsAct>;

/** Where a dropped file goes, and what it is called. */
export const fileQuery = z.object({ place: id, name: z.string().min(1).max(255) });
