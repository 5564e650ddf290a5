import { type MailHead, mailsShown } from '../../wire.ts';
import { clock, dayOf } from '../chat/time.ts';
import { useSay } from '../say.ts';
import { useStore } from '../store.tsx';
import { Letter } from './letter.tsx';

/** Every mail that was sent to anybody in the company. */
export function Mailbox() {
  const { state, dispatch } = useStore();
  const say = useSay();
  const wanted = state.mailSearch.trim().toLowerCase();
  const found = state.mail.filter(({ to }) => to.toLowerCase().includes(wanted));
  const open = state.mail.find(({ id }) => id === state.letter);
  return (
    <section class="mailbox" aria-labelledby="mailbox">
      <div class="pane-head">
        <h2 id="mailbox">{say('Företagets mejl', "The company's mail")}</h2>
        {!open && (
          <input
            type="search"
            class="input"
            aria-label={say('Sök mottagare', 'Search by recipient')}
            placeholder={say('Sök mottagare', 'Search by recipient')}
            value={state.mailSearch}
            onInput={({ currentTarget }) => dispatch({ type: 'search mail', text: currentTarget.value })}
          />
        )}
      </div>
      {open ? <Letter key={open.id} head={open} /> : <List mail={found} searching={wanted !== ''} />}
    </section>
  );
}

function List({ mail, searching }: { mail: readonly MailHead[]; searching: boolean }) {
  const { state } = useStore();
  const say = useSay();
  const more = state.mail.length >= mailsShown && (
    <p class="quiet empty">
      {say(
        `Här finns bara de ${mailsShown} senaste mejlen.`,
        `Only the latest ${mailsShown} emails are here.`,
      )}
    </p>
  );
  if (mail.length === 0) {
    return (
      <>
        <p class="empty">
          {searching
            ? say('Inget mejl till den mottagaren än.', 'No mail to that recipient yet.')
            : say(
                'Inget mejl än. Allt som boten skickar kommer hit.',
                'No mail yet. Everything that the bot sends comes here.',
              )}
        </p>
        {more}
      </>
    );
  }
  return (
    <>
      <ul class="mail-list">
        {mail.map((head) => (
          <Head key={head.id} head={head} />
        ))}
      </ul>
      {more}
    </>
  );
}

function Head({ head }: { head: MailHead }) {
  const { state, dispatch } = useStore();
  const say = useSay();
  const unread = !state.opened.includes(head.id);
  return (
    <li>
      <button
        type="button"
        data-unread={unread}
        onClick={() => dispatch({ type: 'open letter', id: head.id })}
      >
        {unread && <span class="hidden">{say('Oläst: ', 'Unread: ')}</span>}
        <span class="to">{head.to}</span>
        <time dateTime={new Date(head.at).toISOString()}>{when(head.at)}</time>
        <span class="subject">{head.subject}</span>
      </button>
    </li>
  );
}

function when(at: number): string {
  if (dayOf(at) === dayOf(Date.now())) return clock(at);
  return new Intl.DateTimeFormat('sv-SE', { month: '2-digit', day: '2-digit' }).format(at);
}
