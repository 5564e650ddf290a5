import type {
  Act,
  Done,
  GalleryItem,
  Mail,
  MailHead,
  Sample,
  Scene,
  Surface,
  TeamsAct,
  TourState,
} from '../wire.ts';

const base = '/playground';

/** An answer that is not what was asked for; `status` 0: the program did not answer. */
export class Unanswered extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`The program answered ${status}`);
    this.status = status;
  }
}

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(base + path, init).catch(() => undefined);
  if (!response?.ok) throw new Unanswered(response?.status ?? 0);
  return (await response.json()) as T;
}

const query = (parts: Record<string, string>) => new URLSearchParams(parts).toString();

/** Everything that one member sees of a surface now. */
export const fetchScene = (on: Surface, as: string) => ask<Scene>(`/${on}/scene?${query({ as })}`);
/** Where a file that a message brings is downloaded from. */
export const fileAddress = (on: Surface, as: string, id: string) =>
  `${base}/${on}/files/${encodeURIComponent(id)}?${query({ as })}`;
export const fetchMail = () => ask<MailHead[]>('/mail');
export const fetchLetter = (id: string) => ask<Mail>(`/mail/${encodeURIComponent(id)}`);
export const fetchSamples = () => ask<Sample[]>('/samples');
export const fetchTour = () => ask<TourState>('/tour');
export const fetchGallery = () => ask<GalleryItem[]>('/gallery/items');

const sendAct = (on: Surface, as: string, act: object) =>
  ask<Done>(`/${on}/acts?${query({ as })}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(act),
  });

export const actInSlack = (as: string, act: Act) => sendAct('slack', as, act);
export const actInTeams = (as: string, act: TeamsAct) => sendAct('teams', as, act);

export const sendFile = (on: Surface, as: string, place: string, name: string, bytes: Blob) =>
  ask<Done>(`/${on}/files?${query({ as, place, name })}`, { method: 'POST', body: bytes });

/** A sample file's bytes. */
export async function fetchSample(name: string): Promise<Blob> {
  const response = await fetch(`${base}/samples/${encodeURIComponent(name)}`).catch(() => undefined);
  if (!response?.ok) throw new Unanswered(response?.status ?? 0);
  return response.blob();
}

/** Empties the store and everything of the playground's. */
export const startOver = () => ask<Done>('/start-over', { method: 'POST' });
