/** The folder of the code that runs: src/, or where it is built, dist/. This file lies in it, and so does every part of the bundle. */
export const code = new URL('./', import.meta.url);

/** The program's folder, with prisma/, public/ and manifests/ in it. */
export const root = new URL('../', import.meta.url);
