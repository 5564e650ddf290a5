import { useSay } from './say.ts';
import { useStore } from './store.tsx';
import { actor, dropRoom, type Help, isDone, steps } from './tour-steps.ts';

/** What to try, step by step. The first step that is not done is open; each ticks itself. */
export function Tour() {
  const { state, dispatch } = useStore();
  const say = useSay();
  const done = steps.filter((_, index) => isDone(state.tour, index)).length;
  const current = steps.findIndex((_, index) => !isDone(state.tour, index));
  return (
    <section class="tour" aria-labelledby="tour">
      <div class="pane-head">
        <h2 id="tour">{say('Rundtur', 'Tour')}</h2>
        <span class="quiet">{say(`${done} av ${steps.length}`, `${done} of ${steps.length}`)}</span>
        <button
          type="button"
          class="plain-button"
          aria-expanded={state.tourShown}
          onClick={() => dispatch({ type: 'show tour', shown: !state.tourShown })}
        >
          {state.tourShown ? say('Dölj', 'Hide') : say('Visa', 'Show')}
        </button>
      </div>
      {state.tourShown && (
        <ol>
          {steps.map((step, index) => (
            <StepRow
              key={step.title.en}
              index={index}
              done={isDone(state.tour, index)}
              open={index === current}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

function StepRow({ index, done, open }: { index: number; done: boolean; open: boolean }) {
  const say = useSay();
  const step = steps[index];
  if (!step) return null;
  return (
    <li data-done={done} aria-current={open ? 'step' : undefined}>
      <span class="tick" aria-hidden="true">
        {done ? '✓' : index + 1}
      </span>
      <div>
        <p class="step">
          {say(step.title.sv, step.title.en)}
          {done && <span class="hidden"> {say('(klart)', '(done)')}</span>}
        </p>
        {open && (
          <>
            <p class="quiet">{say(step.text.sv, step.text.en)}</p>
            <p class="helps">
              {step.helps.map((help) => (
                <HelpButton key={help.label.en} help={help} />
              ))}
            </p>
          </>
        )}
      </div>
    </li>
  );
}

function HelpButton({ help }: { help: Help }) {
  const { dispatch, go, dropSample } = useStore();
  const say = useSay();
  const label = say(help.label.sv, help.label.en);
  if ('open' in help) {
    return (
      <a class="button small" href={help.open} target="_blank" rel="noreferrer">
        {label}
      </a>
    );
  }
  const press = () => {
    if ('write' in help) {
      const at = { handle: actor, room: help.room };
      dispatch({ type: 'write', at, text: help.write });
      go(at);
    } else if ('drop' in help) {
      void dropSample({ handle: actor, room: dropRoom });
    } else dispatch({ type: 'search mail', text: help.mailTo });
  };
  return (
    <button type="button" class="button small" onClick={press}>
      {label}
    </button>
  );
}
