import { useEffect, useRef, useState } from 'preact/hooks';
import type { Form } from '../wire.ts';
import { Blocks } from './blocks/blocks.tsx';
import { FillingProvider, initialValues, missing, submission, type Values } from './blocks/form.ts';
import { Dialog } from './dialog.tsx';
import { useSay } from './say.ts';
import { useStore } from './store.tsx';

/** The modal on top: what was typed stays while the bot looks at it, and faults stand at their fields. */
export function Modal({ form }: { form: Form }) {
  const { act } = useStore();
  const say = useSay();
  const [values, setValues] = useState<Values>(() => initialValues(form.blocks));
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [sending, setSending] = useState(false);
  const body = useRef<HTMLFormElement>(null);
  useEffect(() => {
    body.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [errors]);
  useEffect(() => {
    body.current?.querySelector<HTMLElement>('.input')?.focus();
  }, []);

  async function submit(): Promise<void> {
    const empty = missing(form.blocks, values);
    if (empty.length > 0) {
      const text = say('Fyll i det här fältet.', 'Fill in this field.');
      setErrors(Object.fromEntries(empty.map((block) => [block, text])));
      return;
    }
    setSending(true);
    const done = await act({ act: 'submit', values: submission(form.blocks, values) });
    setSending(false);
    setErrors(done.errors ?? {});
  }

  const close = () => void act({ act: 'close' });
  return (
    <FillingProvider
      value={{ values, errors, set: (block, value) => setValues((all) => ({ ...all, [block]: value })) }}
    >
      <Dialog
        title={form.title.text}
        onClose={close}
        closeLabel={say('Stäng', 'Close')}
        foot={
          <>
            <button type="button" class="button" onClick={close}>
              {form.close?.text ?? say('Stäng', 'Close')}
            </button>
            {form.submit && (
              <button type="submit" form="modal" class="button primary" aria-busy={sending}>
                {form.submit.text}
              </button>
            )}
          </>
        }
      >
        <form
          id="modal"
          ref={body}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!sending) void submit();
          }}
        >
          <Blocks blocks={form.blocks} at={{}} />
        </form>
      </Dialog>
    </FillingProvider>
  );
}
