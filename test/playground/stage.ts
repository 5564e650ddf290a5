import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Mailbox, SlackChat, TeamsChat } from '../../src/playground/router.ts';
import { playgroundRouter } from '../../src/playground/router.ts';
import type {
  Act,
  ChatMessage,
  ChatScene,
  Done,
  Form,
  GalleryItem,
  Mail,
  Member,
  TeamsAct,
  TeamsDialog,
  TeamsMessage,
  TeamsScene,
  TourState,
} from '../../src/playground/wire.ts';
import { secured } from '../../src/web/server.ts';
import { freePort } from '../support/port.ts';

/** What the page can be shown: a chat and a mailbox in memory, filled by the tests. */
export interface Stage {
  base: string;
  /** What reached the chat, oldest first. */
  acts: { handle: string; act: Act }[];
  files: { handle: string; room: string; name: string; bytes: number }[];
  /** Answers an act; nothing answers `{}`. */
  answer: Partial<Record<Act['act'], (act: Act, handle: string) => Promise<Done>>>;
  /** What reached Teams, oldest first. */
  teamsActs: { handle: string; act: TeamsAct }[];
  answerTeams: Partial<Record<TeamsAct['act'], (act: TeamsAct, handle: string) => Promise<Done>>>;
  sayInTeams(message: Partial<TeamsMessage> & { room: string }): TeamsMessage;
  changeInTeams(id: string, change: Partial<TeamsMessage>): void;
  showDialog(dialog: TeamsDialog | null): void;
  say(message: Partial<ChatMessage> & { room: string }): ChatMessage;
  change(id: string, change: Partial<ChatMessage>): void;
  show(form: Form | null): void;
  fault(text: string): void;
  send(mail: Partial<Mail>): void;
  tour: Record<keyof TourState, boolean>;
  startedOver(): number;
  /** What happens the next time everything is started over. */
  onStartOver(work: () => void): void;
  stop(): Promise<void>;
}

const member = (handle: string, name: string, part: Member['part'], language: Member['language'] = 'sv') => ({
  handle,
  name,
  part,
  language,
});

const members = [
  member('lena', 'Lena Berg', 'administrator'),
  member('grace', 'Grace Miller', 'administrator', 'en'),
  member('anna', 'Anna Svensson', 'employee'),
  member('erik', 'Erik Holm', 'employee', 'en'),
  member('gustav', 'Gustav Gäst', 'guest'),
];

/** Serves the page in `assets` over a stage. */
export async function openStage(
  assets: URL,
  {
    gallery = [],
    port,
    world = 'first',
  }: { gallery?: readonly GalleryItem[]; port?: number; world?: string } = {},
): Promise<Stage> {
  const changes = new EventEmitter();
  const messages: ChatMessage[] = [];
  const mails: Mail[] = [];
  const acts: Stage['acts'] = [];
  const files: Stage['files'] = [];
  const faults: string[] = [];
  const answer: Stage['answer'] = {};
  let form: Form | null = null;
  const tour = { help: false, import: false, verify: false, login: false, bulk: false };
  let overs = 0;
  let startingOver: () => void = () => undefined;
  const on = (name: string) => (listener: () => void) => {
    changes.on(name, listener);
    return () => changes.off(name, listener);
  };

  const teamsMessages: TeamsMessage[] = [];
  const teamsActs: Stage['teamsActs'] = [];
  const answerTeams: Stage['answerTeams'] = {};
  let dialog: TeamsDialog | null = null;
  const teams: TeamsChat = {
    scene(handle): TeamsScene | undefined {
      const me = members.find((one) => one.handle === handle);
      if (!me) return undefined;
      const rooms = [
        { id: '19:hr', name: 'hr', kind: 'channel' as const, team: 'Personal', bot: true },
        { id: '19:random', name: 'random', kind: 'channel' as const, team: 'Alla', bot: false },
        { id: `a:${handle}`, name: 'vc-bot', kind: 'personal' as const, team: null, bot: true },
      ];
      const ids = rooms.map(({ id }) => id);
      const seen = teamsMessages.filter(({ room }) => ids.includes(room));
      return { me, members, rooms, messages: seen, dialog, faults: [] };
    },
    async act(handle, act) {
      teamsActs.push({ handle, act });
      return (await answerTeams[act.act]?.(act, handle)) ?? {};
    },
    async drop(handle, room, name, bytes) {
      files.push({ handle, room, name, bytes: bytes.length });
      return {};
    },
    file: () => undefined,
    onChange: on('teams'),
  };
  const slack: SlackChat = {
    scene(handle): ChatScene | undefined {
      const me = members.find((one) => one.handle === handle);
      if (!me) return undefined;
      const rooms = [
        { id: 'C1', name: 'hr', kind: 'channel' as const },
        ...(me.part === 'guest' ? [] : [{ id: 'C2', name: 'random', kind: 'channel' as const }]),
        { id: `D-${handle}`, name: 'vc-bot', kind: 'direct' as const },
      ];
      const ids = rooms.map(({ id }) => id);
      return {
        me,
        members,
        rooms,
        messages: messages.filter(({ room }) => ids.includes(room)),
        form,
        faults,
      };
    },
    async act(handle, act) {
      acts.push({ handle, act });
      return (await answer[act.act]?.(act, handle)) ?? {};
    },
    async drop(handle, room, name, bytes) {
      files.push({ handle, room, name, bytes: bytes.length });
      return {};
    },
    file: (handle, id) =>
      handle === 'lena' && id === 'F1' ? { name: 'avvisade.csv', bytes: Buffer.from('a;b') } : undefined,
    onChange: on('chat'),
  };
  const mailbox: Mailbox = {
    list: () => mails.map(({ text: _, html: __, ...head }) => head).reverse(),
    read: async (id) => mails.find((mail) => mail.id === id),
    onChange: on('mail'),
  };
  const sample = Buffer.from('Användar-id;E-post\r\n14;anna@company.se\r\n');
  const { router, stop } = playgroundRouter({
    slack,
    teams,
    mailbox,
    world,
    samples: new Map([
      ['adresser.csv', () => sample],
      ['adresser med fel.csv', () => sample],
    ]),
    gallery: async () => gallery,
    tour: async () => tour,
    async startOver() {
      overs += 1;
      const happens = startingOver;
      startingOver = () => undefined;
      happens();
    },
    assets,
  });
  const app = secured();
  app.use(router);
  app.get('/connect/', (_, response) => void response.type('html').send('<h1>Login</h1>'));
  const server = createServer(app).listen(port ?? (await freePort()), '127.0.0.1');
  await once(server, 'listening');

  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    acts,
    files,
    answer,
    teamsActs,
    answerTeams,
    sayInTeams(given) {
      const message: TeamsMessage = {
        id: String(1000 + teamsMessages.length),
        thread: null,
        by: { name: 'vc-bot', bot: true },
        at: Date.UTC(2026, 10, 22, 9, teamsMessages.length),
        text: '',
        summary: null,
        cards: [],
        offer: null,
        onlyYou: false,
        files: [],
        edited: false,
        ...given,
      };
      teamsMessages.push(message);
      changes.emit('teams');
      return message;
    },
    changeInTeams(id, change) {
      const index = teamsMessages.findIndex((message) => message.id === id);
      const message = teamsMessages[index];
      if (message) teamsMessages[index] = { ...message, ...change };
      changes.emit('teams');
    },
    showDialog(next) {
      dialog = next;
      changes.emit('teams');
    },
    tour,
    say(given) {
      const message: ChatMessage = {
        id: String(1000 + messages.length),
        by: { name: 'vc-bot', bot: true },
        at: Date.UTC(2026, 10, 22, 9, messages.length),
        text: '',
        blocks: [],
        onlyYou: false,
        edited: false,
        files: [],
        ...given,
      };
      messages.push(message);
      changes.emit('chat');
      return message;
    },
    change(id, change) {
      const index = messages.findIndex((message) => message.id === id);
      const message = messages[index];
      if (message) messages[index] = { ...message, ...change };
      changes.emit('chat');
    },
    show(next) {
      form = next;
      changes.emit('chat');
    },
    fault(text) {
      faults.push(text);
      changes.emit('chat');
    },
    send(mail) {
      const id = `m${mails.length + 1}`;
      const at = Date.UTC(2026, 10, 22, 9, mails.length);
      mails.push({ id, at, to: '', from: 'no-reply@company.se', subject: '', text: '', html: '', ...mail });
      changes.emit('mail');
    },
    startedOver: () => overs,
    onStartOver(work) {
      startingOver = work;
    },
    async stop() {
      stop();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
