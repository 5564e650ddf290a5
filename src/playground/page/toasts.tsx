import { useEffect } from 'preact/hooks';
import { useSay } from './say.ts';
import type { Toast } from './state.ts';
import { useStore } from './store.tsx';

/** What went wrong just now. */
export function Toasts() {
  const { state } = useStore();
  return (
    <div class="toasts" role="alert">
      {state.toasts.map((toast) => (
        <OneToast key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

const shownMs = 12_000;

function OneToast({ toast: { id, text, tone } }: { toast: Toast }) {
  const { dispatch } = useStore();
  const say = useSay();
  const dismiss = () => dispatch({ type: 'dismiss', id });
  useEffect(() => {
    const timer = setTimeout(dismiss, shownMs);
    return () => clearTimeout(timer);
  }, [id]);
  return (
    <div class="toast" data-tone={tone}>
      <p>{text}</p>
      <button type="button" class="close" aria-label={say('Stäng', 'Close')} onClick={dismiss}>
        <span aria-hidden="true">✕</span>
      </button>
    </div>
  );
}
