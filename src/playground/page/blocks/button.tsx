import { useState } from 'preact/hooks';
import type { Spot } from '../../wire.ts';
import { Dialog } from '../dialog.tsx';
import { useDoing } from './doing.ts';
import type { Element } from './elements.ts';

/** A button: it asks first where it should, and is at rest while the bot answers. */
export function Button({ element, at }: { element: Element; at: Spot }) {
  const { press } = useDoing();
  const [step, setStep] = useState<'idle' | 'asking' | 'pressing'>('idle');
  const label = element.text?.text ?? '';
  const look = `button ${element.style ?? ''}`;

  async function pressNow(): Promise<void> {
    setStep('pressing');
    await press(at);
    setStep('idle');
  }

  if (element.url) {
    return (
      <a
        class={look}
        href={element.url}
        target="_blank"
        rel="noreferrer"
        aria-label={element.accessibility_label}
        onClick={() => void press(at)}
      >
        {label}
      </a>
    );
  }
  return (
    <>
      <button
        type="button"
        class={look}
        aria-label={element.accessibility_label}
        aria-busy={step === 'pressing'}
        onClick={() => {
          if (step !== 'idle') return;
          if (element.confirm) setStep('asking');
          else void pressNow();
        }}
      >
        {label}
      </button>
      {step === 'asking' && element.confirm && (
        <Dialog
          title={element.confirm.title.text}
          onClose={() => setStep('idle')}
          foot={
            <>
              <button type="button" class="button" onClick={() => setStep('idle')}>
                {element.confirm.deny.text}
              </button>
              <button
                type="button"
                class={`button ${element.confirm.style === 'danger' ? 'danger' : 'primary'}`}
                onClick={() => void pressNow()}
              >
                {element.confirm.confirm.text}
              </button>
            </>
          }
        >
          <p>{element.confirm.text.text}</p>
        </Dialog>
      )}
    </>
  );
}
