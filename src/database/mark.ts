import type { Tx } from './database.ts';

/** The setting that a store of invented people has. */
const demo = 'demo';

/** Whether the store holds the playground's invented people, who must get no real mail. */
export async function isDemo(tx: Pick<Tx, 'setting'>): Promise<boolean> {
  return (await tx.setting.findUnique({ where: { key: demo } })) !== null;
}

/** Marks the store as one of invented people. */
export async function markDemo(tx: Pick<Tx, 'setting'>): Promise<void> {
  await tx.setting.create({ data: { key: demo, value: true } });
}
