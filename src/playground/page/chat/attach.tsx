import { useEffect, useRef, useState } from 'preact/hooks';
import { formatSize } from '../../../rules/size.ts';
import { useLanguage, useSay } from '../say.ts';
import { useStore } from '../store.tsx';

/** Files for those who drop none: from this machine, or one of the samples. */
export function Attach({
  room,
  onFiles,
}: {
  room: { readonly name: string };
  onFiles(files: Iterable<File>): void;
}) {
  const { state, dropSample } = useStore();
  const say = useSay();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (open) menu.current?.querySelector('button')?.focus();
  }, [open]);
  const close = () => {
    setOpen(false);
    menu.current?.parentElement?.querySelector('button')?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only closes the menu that its buttons open
    <div
      class="attach"
      onKeyDown={(event) => event.key === 'Escape' && open && close()}
      onFocusOut={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOpen(false);
      }}
    >
      <button
        type="button"
        class="clip"
        aria-expanded={open}
        aria-label={say('Bifoga en fil', 'Attach a file')}
        onClick={() => setOpen(!open)}
      >
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <path d="M14.5 6.5 8 13a1.8 1.8 0 0 0 2.5 2.5l6-6a3.6 3.6 0 0 0-5-5l-6.2 6.2a5.3 5.3 0 0 0 7.5 7.5" />
        </svg>
      </button>
      {open && (
        <div class="menu" ref={menu}>
          <button type="button" onClick={() => input.current?.click()}>
            {say('Välj en fil på datorn …', 'Choose a file on this computer …')}
          </button>
          {state.samples.length > 0 && <p>{say('Släpp en exempelfil', 'Drop a sample file')}</p>}
          {state.samples.map(({ name, bytes }) => (
            <button
              key={name}
              type="button"
              onClick={() => {
                close();
                void dropSample({ ...state.at, room: room.name }, name);
              }}
            >
              {name} <span class="quiet">{formatSize(bytes, language)}</span>
            </button>
          ))}
        </div>
      )}
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          close();
          onFiles([...(currentTarget.files ?? [])]);
          currentTarget.value = '';
        }}
      />
    </div>
  );
}
