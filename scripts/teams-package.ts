import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { zipSync } from 'fflate';
import { readBase } from './base-address.ts';

const SOURCE = new URL('../manifests/teams/', import.meta.url);
const TARGET = new URL('../vc-bot-teams.zip', import.meta.url);
/** Opens the chat with the bot whose app id follows. */
const CHAT = 'https://teams.microsoft.com/l/chat/0/0?users=28:';
const EXAMPLE =
  'npm run teams:package -- --app-id 8d7d3f1c-5f0b-4c55-9a0e-2f6b1c9a7e10 --url https://vc-bot.company.se';

/** The parts of a Teams app manifest that are one installation's own. */
export interface Manifest {
  readonly version: string;
  readonly id: string;
  readonly developer: Readonly<Record<string, string>>;
  readonly bots: readonly Readonly<Record<string, unknown>>[];
}

/** Which bot a package is for. */
export interface Installation {
  /** The app id of the Azure Bot. */
  readonly appId: string;
  /** Where the app's own links lead: PUBLIC_URL, or where that is not known, the chat with the bot. */
  readonly site: string;
}

/** The manifest of one installation. Teams takes a package again only with a higher version: minutes make it so. */
export function manifestFor<M extends Manifest>(manifest: M, { appId, site }: Installation, now: Date) {
  const minutes = Math.floor(now.getTime() / 60_000);
  const day = 24 * 60;
  return {
    ...manifest,
    version: `1.${Math.floor(minutes / day)}.${minutes % day}`,
    id: appId,
    developer: { ...manifest.developer, websiteUrl: site, privacyUrl: site, termsOfUseUrl: site },
    bots: manifest.bots.map((bot) => ({ ...bot, botId: appId })),
  };
}

/** The package, ready to upload: the manifest, its Swedish words and its two icons. */
export function packageFor(installation: Installation, now = new Date()): Uint8Array {
  const file = (name: string) => new Uint8Array(readFileSync(new URL(name, SOURCE)));
  const manifest = JSON.parse(readFileSync(new URL('manifest.json', SOURCE), 'utf8')) as Manifest;
  return zipSync({
    'manifest.json': new TextEncoder().encode(
      `${JSON.stringify(manifestFor(manifest, installation, now), null, 2)}\n`,
    ),
    'sv.json': file('sv.json'),
    'color.png': file('color.png'),
    'outline.png': file('outline.png'),
  });
}

/** What the command line and the environment say of the installation, or what is wrong with it, a sentence a fault. */
export function readInstallation(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Installation | { faults: string[] } {
  const typed = readOptions(args);
  if ('fault' in typed) return { faults: [typed.fault] };
  const appId = (typed['app-id'] ?? environment.TEAMS_APP_ID)?.toLowerCase();
  const address = typed.url ?? environment.PUBLIC_URL;
  const read = address ? readBase(address, 'Teams', EXAMPLE) : { base: `${CHAT}${appId}` };
  const faults = [...faultsOfId(appId), ...('fault' in read ? [read.fault] : [])];
  return appId && 'base' in read && faults.length === 0 ? { appId, site: read.base } : { faults };
}

function readOptions(args: readonly string[]): { 'app-id'?: string; url?: string } | { fault: string } {
  try {
    return parseArgs({ args: [...args], options: { 'app-id': { type: 'string' }, url: { type: 'string' } } })
      .values;
  } catch {
    return { fault: `"${args.join(' ')}" is not understood. Write it like this: ${EXAMPLE}` };
  }
}

function faultsOfId(appId: string | undefined): string[] {
  if (!appId) return [`Give the app id of your Azure Bot, or set TEAMS_APP_ID: ${EXAMPLE}`];
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(appId)) return [];
  return [`"${appId}" is not an app id. Write it like this: ${EXAMPLE}`];
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const installation = readInstallation(process.argv.slice(2), process.env);
  if ('faults' in installation) {
    process.stderr.write(installation.faults.map((fault) => `${fault}\n`).join(''));
    process.exitCode = 1;
  } else {
    writeFileSync(TARGET, packageFor(installation));
    process.stdout.write(
      'Wrote vc-bot-teams.zip. Upload it at admin.teams.microsoft.com > Teams apps > Manage apps > Upload new app.\n',
    );
  }
}
