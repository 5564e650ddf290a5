import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Chat, Mailbox } from '../../src/playground/router.ts';
import { playgroundRouter } from '../../src/playground/router.ts';
import type {
  Act,
  ChatMessage,
  ChatScene,
  Form,
  GalleryItem,
  Mail,
  Member,
} from '../../src/playground/wire.ts';
import { secured } from '../../src/web/server.ts';

/** What the page can be shown: a chat and a mailbox in memory, filled by the tests. */
export interface Stage {
  base: string;
  /** What reached the chat, oldest first. */
  acts: { handle: string; act: Act }[];
  files: { handle: string; room: string; name: string; bytes: number }[];
  /** Answers an act; nothing answers `{}`. */
  answer: Partial<Record<Act['act'], (act: Act, handle: string) => ReturnType<Chat['act']>>>;
  say(message: Partial<ChatMessage> & { room: string }): ChatMessage;
  change(id: string, change: Partial<ChatMessage>): void;
  show(form: Form | null): void;
  fault(text: string): void;
  send(mail: Partial<Mail>): void;
  startedOver(): number;
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
  member('anna', 'Anna Svensson', 'employee'),
  member('erik', 'Erik Holm', 'employee', 'en'),
  member('gustav', 'Gustav Gäst', 'guest'),
];

/** Serves the page in `assets` over a stage. */
export async function openStage(
  assets: URL,
  {
    gallery = [],
    port = 0,
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
  let overs = 0;
  const on = (name: string) => (listener: () => void) => {
    changes.on(name, listener);
    return () => changes.off(name, listener);
  };

  const chat: Chat = {
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
    onChange: on('chat'),
  };
  const mailbox: Mailbox = {
    list: () => mails.map(({ text: _, html: __, ...head }) => head).reverse(),
    read: async (id) => mails.find((mail) => mail.id === id),
    onChange: on('mail'),
  };
  const sample = Buffer.from('Användar-id;E-post\r\n14;anna@company.se\r\n');
  const { router, stop } = playgroundRouter({
    chat,
    mailbox,
    world,
    samples: new Map([
      ['adresser.csv', () => sample],
      ['adresser med fel.csv', () => sample],
    ]),
    gallery: async () => gallery,
    async startOver() {
      overs += 1;
    },
    assets,
  });
  const app = secured();
  app.use(router);
  app.get('/connect/', (_, response) => void response.type('html').send('<h1>Login</h1>'));
  const server = createServer(app).listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    acts,
    files,
    answer,
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
    async stop() {
      stop();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
