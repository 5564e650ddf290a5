import type { Surface } from '../wire.ts';
import { casts, demo } from './demo.ts';
import { useLanguage, useSay } from './say.ts';
import { useStore } from './store.tsx';
import { type Help, type Step, stepsIn } from './tour-steps.ts';

/** What to try, step by step. The first step that is not done is open; each ticks itself. */
export function Tour() {
  const { state, dispatch } = useStore();
  const say = useSay();
  const steps = stepsIn(useLanguage(), useRoom());
  const isDone = ({ name }: Step) => state.tour?.[name] ?? false;
  const done = steps.filter(isDone).length;
  const current = steps.find((step) => !isDone(step));
  return (
    <section class="tour" aria-labelledby="tour">
      <div class="pane-head">
        <h2 id="tour">{say('Rundtur', 'Tour')}</h2>
        {state.tour && (
          <span class="quiet">{say(`${done} av ${steps.length}`, `${done} of ${steps.length}`)}</span>
        )}
        <button
          type="button"
          class="plain-button"
          aria-expanded={state.tourShown}
          onClick={() => dispatch({ type: 'show tour', shown: !state.tourShown })}
        >
          {state.tourShown ? say('Dölj', 'Hide') : say('Visa', 'Show')}
        </button>
      </div>
      {state.tour && state.tourShown && (
        <>
          <ol>
            {steps.map((step, index) => (
              <StepRow
                key={step.name}
                step={step}
                number={index + 1}
                done={isDone(step)}
                open={step === current}
              />
            ))}
          </ol>
          <Elsewhere surface={state.at.surface} over={!current} />
        </>
      )}
    </section>
  );
}

/** Where the steps are done. */
function useRoom(): string {
  const { state } = useStore();
  const { room } = casts[useLanguage()];
  return state.at.surface === 'teams' ? demo.bot : room;
}

/** What else there is. */
function Elsewhere({ surface, over }: { surface: Surface; over: boolean }) {
  const say = useSay();
  return (
    <>
      {over && (
        <p class="quiet tour-over">
          {say(
            'Det var hela rundturen. Prova de andra exempelfilerna under gemet, eller skriv till boten som någon av de anställda.',
            'That was the whole tour. Try the other sample files under the paper clip, or write to the bot as one of the employees.',
          )}
        </p>
      )}
      {surface === 'slack' && (
        <p class="quiet elsewhere">
          {say(
            'Allt går lika bra i Teams: byt högst upp.',
            'All of it works in Teams too: switch at the top.',
          )}
        </p>
      )}
    </>
  );
}

interface StepParts {
  step: Step;
  number: number;
  done: boolean;
  open: boolean;
}

function StepRow({ step, number, done, open }: StepParts) {
  const say = useSay();
  return (
    <li data-done={done} aria-current={open ? 'step' : undefined}>
      <span class="tick" aria-hidden="true">
        {done ? '✓' : number}
      </span>
      <div>
        <p class="step">
          {step.title}
          {done && <span class="hidden"> {say('(klart)', '(done)')}</span>}
        </p>
        {open && (
          <>
            <p class="quiet">{step.text}</p>
            <p class="helps">
              {step.helps.map((help) => (
                <HelpButton key={help.label} help={help} />
              ))}
            </p>
          </>
        )}
      </div>
    </li>
  );
}

function HelpButton({ help }: { help: Help }) {
  const { state, dispatch, go, dropSample } = useStore();
  const { handle } = casts[useLanguage()].administrator;
  const { surface } = state.at;
  const room = useRoom();
  if ('open' in help) {
    return (
      <a class="button small" href={help.open} target="_blank" rel="noreferrer">
        {help.label}
      </a>
    );
  }
  const press = () => {
    if ('write' in help) {
      const at = { surface, handle, room };
      dispatch({ type: 'write', at, text: help.write });
      go(at);
    } else if ('drop' in help) {
      void dropSample({ surface, handle, room: demo.bot });
    } else dispatch({ type: 'open mail of', address: help.mailTo });
  };
  return (
    <button type="button" class="button small" onClick={press}>
      {help.label}
    </button>
  );
}
