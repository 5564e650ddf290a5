import type { TestProject } from 'vitest/node';
import { startServer } from './server.ts';
import { makeEmbedded, template } from './templates.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated embedded database's directory, to be copied. */
    template: string;
    /** A real server whose database `template` is migrated; undefined where `initdb` is not found. */
    server: string | undefined;
  }
}

/** Once per run: prepares the empty stores that test files copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [server, embedded] = await Promise.all([startServer(), template('embedded', makeEmbedded)]);
  project.provide('template', embedded);
  project.provide('server', server?.url);
  return async () => server?.stop();
}
