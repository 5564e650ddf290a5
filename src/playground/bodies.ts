import { z } from 'zod';
import type { Act } from './wire.ts';

const id = z.string().min(1).max(255);
const text = z.string().max(12_000);
const at = z.object({ room: id.optional(), message: id.optional(), block: id, action: id });
const value = z.union([text, z.array(text).max(100), z.null()]);

/** What a member does, as the page sends it. */
export const actBody = z.discriminatedUnion('act', [
  z.object({ act: z.literal('command'), room: id, line: text.min(1) }),
  z.object({ act: z.literal('write'), room: id, text: text.min(1) }),
  z.object({ act: z.literal('press'), at }),
  z.object({ act: z.literal('choose'), at, value: text }),
  z.object({ act: z.literal('search'), at, text }),
  z.object({ act: z.literal('submit'), values: z.record(id, z.record(id, value)) }),
  z.object({ act: z.literal('close') }),
]) as z.ZodType<Act>;

/** Where a dropped file goes, and what it is called. */
export const fileQuery = z.object({ place: id, name: z.string().min(1).max(255) });
