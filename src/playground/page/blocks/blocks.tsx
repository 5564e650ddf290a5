import type { Block } from '../../wire.ts';
import type { Standing } from './doing.ts';
import { Element } from './element.tsx';
import { accessoryOf, elementsOf, isInput, isPlain, type TextObject } from './elements.ts';
import { Field } from './field.tsx';
import { Formatted } from './formatted.tsx';

/** Draws a message's or a modal's blocks. */
export function Blocks({ blocks, at }: { blocks: readonly Block[]; at: Standing }) {
  return (
    <div class="blocks">
      {blocks.map((block, index) => (
        <One key={block.block_id ?? index} block={block} at={at} />
      ))}
    </div>
  );
}

function One({ block, at }: { block: Block; at: Standing }) {
  const spot = (action: string) => ({ ...at, block: block.block_id ?? '', action });
  if (isInput(block)) return <Field block={block} />;
  switch (block.type) {
    case 'header':
      return <h3 class="header">{(block.text as TextObject).text}</h3>;
    case 'actions':
      return (
        <div class="actions">
          {elementsOf(block).map((element) => (
            <Element key={element.action_id} element={element} at={spot(element.action_id)} />
          ))}
        </div>
      );
    case 'section': {
      const { accessory: _, ...text } = block;
      const accessory = accessoryOf(block);
      return (
        <div class="section">
          {isPlain(block.text) ? <p>{block.text.text}</p> : <Formatted block={text} />}
          {accessory && <Element element={accessory} at={spot(accessory.action_id)} />}
        </div>
      );
    }
    case 'divider':
      return <hr />;
    case 'rich_text':
    case 'context':
    case 'table':
    case 'image':
    case 'markdown':
      return <Formatted block={block} />;
    default:
      return <p class="quiet">[{block.type}]</p>;
  }
}
