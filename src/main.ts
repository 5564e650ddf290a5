import { setFlagsFromString } from 'node:v8';

// The store and Prisma are WebAssembly, which V8 optimises function by function. By default it begins so early that this
// takes a fifth of the start, for functions that only the start uses.
setFlagsFromString('--wasm-tiering-budget=20000000');

// A stack names the files of src/; Node heeds it for what is read from here on.
process.setSourceMapsEnabled(true);

await import('./start.ts');
