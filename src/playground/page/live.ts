const first = 500;
const longest = 5_000;

const parts = ['slack', 'teams', 'mail'] as const;

export type Part = (typeof parts)[number];

/**
 * Hears of changes until the returned function is called. After a lost connection it tries again, each time after twice
 * as long; what happened meanwhile counts as a change. `onState` says whether the program is there.
 */
export function hearChanges(onChange: (part: Part) => void, onState: (there: boolean) => void): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout>;
  let wait = first;

  function open(): void {
    source = new EventSource('/playground/changes');
    source.onopen = () => {
      wait = first;
      onState(true);
      for (const part of parts) onChange(part);
    };
    source.onerror = () => {
      source.close();
      onState(false);
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, longest);
    };
    for (const part of parts) source.addEventListener(part, () => onChange(part));
  }

  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}

/** Runs `work` one at a time: calls meanwhile lead to one more run together. */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  async function run(): Promise<void> {
    do {
      again = false;
      await work();
    } while (again);
    running = undefined;
  }
  return () => {
    again = running !== undefined;
    running ??= run();
    return running;
  };
}
