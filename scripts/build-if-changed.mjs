// Builds, unless dist/ is what a build would make anyway: a start that has nothing to build starts at once.
import { spawnSync } from 'node:child_process';
import { isBuilt } from './built.mjs';

if (!(await isBuilt())) {
  process.exitCode = spawnSync('npm', ['run', 'build'], { stdio: 'inherit' }).status ?? 1;
}
