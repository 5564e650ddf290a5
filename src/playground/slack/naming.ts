import { interactiveOf } from './check.ts';
import type { Block } from './types.ts';

/** Slack names blocks and elements that come without a name. */
export function withIds(blocks: unknown): readonly Block[] {
  if (!Array.isArray(blocks)) return [];
  return (blocks as Block[]).map((block, index) => {
    const named = { ...block, block_id: block.block_id ?? `b${index}` };
    if (interactiveOf(block).every(({ action_id: id }) => id !== undefined)) return named;
    return {
      ...named,
      ...(block.elements && block.type === 'actions'
        ? { elements: block.elements.map((element, n) => ({ action_id: `a${n}`, ...element })) }
        : {}),
      ...(block.element ? { element: { action_id: 'a', ...block.element } } : {}),
      ...(block.accessory ? { accessory: { action_id: 'a', ...block.accessory } } : {}),
    };
  });
}
