import { useState } from 'preact/hooks';
import { Dialog } from './dialog.tsx';
import { useSay } from './say.ts';
import { useStore } from './store.tsx';

/** Empties everything, after a question. */
export function StartOver() {
  const { startOver } = useStore();
  const say = useSay();
  const [step, setStep] = useState<'idle' | 'asking' | 'emptying'>('idle');
  const label = say('Börja om', 'Start over');
  const confirm = async () => {
    setStep('emptying');
    await startOver();
    setStep('idle');
  };
  return (
    <>
      <button type="button" class="plain-button" onClick={() => setStep('asking')}>
        {label}
      </button>
      {step !== 'idle' && (
        <Dialog
          title={say('Börja om från början?', 'Start over from the beginning?')}
          onClose={() => step === 'asking' && setStep('idle')}
          foot={
            step === 'asking' && (
              <>
                <button type="button" class="button" onClick={() => setStep('idle')}>
                  {say('Avbryt', 'Cancel')}
                </button>
                <button type="button" class="button danger" onClick={confirm}>
                  {label}
                </button>
              </>
            )
          }
        >
          <p role="status">
            {step === 'asking'
              ? say(
                  'Alla meddelanden, mejl, importer och konton på lekplatsen tas bort, och exempelföretaget läggs tillbaka som det var.',
                  'Every message, email, import and account of the playground is removed, and the demo organisation is put back as it was.',
                )
              : say(
                  'Lägger tillbaka allt. Det tar några sekunder …',
                  'Putting everything back. It takes some seconds …',
                )}
          </p>
        </Dialog>
      )}
    </>
  );
}
