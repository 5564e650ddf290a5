// Unpacks the browser that @sparticuz/chromium carries, with its libraries and fonts, into TMPDIR: a process of
// its own, because the package looks at the environment once, and so that no variable of the tests changes.
// AWS_LAMBDA_JS_RUNTIME is how the package is told to unpack the libraries as well.
import chromium from '@sparticuz/chromium';

process.stdout.write(await chromium.executablePath());
