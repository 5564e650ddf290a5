import { defineConfig } from 'prisma/config';

// Generating the client needs no engine, but the CLI would fetch one: any existing file will do.
if (process.argv.includes('generate')) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
}

export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' } });
