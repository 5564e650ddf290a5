/**
 * A module of the built program, by its path in src/ without the ending: what is measured is what runs, and the bench's
 * own TypeScript is another thing. Name its type: `built<typeof import('../../src/log.ts')>('log')`.
 */
export function built<M>(path: string): Promise<M> {
  return import(new URL(`../../dist/${path}.js`, import.meta.url).href) as Promise<M>;
}
