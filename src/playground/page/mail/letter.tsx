import { useEffect, useRef, useState } from 'preact/hooks';
import type { Mail, MailHead } from '../../wire.ts';
import { fetchLetter } from '../api.ts';
import { clock } from '../chat/time.ts';
import { useSay } from '../say.ts';
import { unread } from '../state.ts';
import { useStore } from '../store.tsx';

/** One mail, opened: its letter in a frame of its own without scripts, whose links open beside this page. */
export function Letter({ head }: { head: MailHead }) {
  const { state, dispatch } = useStore();
  const say = useSay();
  const [mail, setMail] = useState<Mail | 'lost' | null>(null);
  const others = unread(state).length;
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    back.current?.focus();
    fetchLetter(head.id).then(setMail, () => setMail('lost'));
  }, [head.id]);
  return (
    <div class="letter">
      <button
        ref={back}
        type="button"
        class="plain-button"
        onClick={() => dispatch({ type: 'close letter' })}
      >
        <span aria-hidden="true">←</span> {say('Alla mejl', 'All mail')}
        {others > 0 && ` (${say(`${others} olästa`, `${others} unread`)})`}
      </button>
      <h3>{head.subject}</h3>
      <p class="quiet">
        {say('Från', 'From')} {head.from}
        <br />
        {say('Till', 'To')} {head.to}, {clock(head.at)}
      </p>
      {mail === 'lost' && <p class="error">{say('Mejlet går inte att läsa.', 'The mail cannot be read.')}</p>}
      {mail && mail !== 'lost' && (
        <iframe
          title={head.subject}
          srcdoc={framed(mail)}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          referrerpolicy="no-referrer"
        />
      )}
    </div>
  );
}

/** The letter's page, with its links leading into windows of their own; a letter of mere text stands as it was written. */
function framed({ html, text }: Mail): string {
  const base = '<base target="_blank">';
  if (html) return /<head>/i.test(html) ? html.replace(/<head>/i, `$&${base}`) : base + html;
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<!doctype html>${base}<pre style="white-space: pre-wrap; font: inherit">${escaped}</pre>`;
}
