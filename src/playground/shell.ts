/** The page before its script runs; which of its views it shows, the script reads from its address. */
export function shell(script: string, style: string): string {
  return `<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>vc-bot playground</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${style}">
<script type="module" src="${script}"></script>
</head>
<body><noscript><p>The playground needs JavaScript. Lekplatsen behöver JavaScript.</p></noscript></body>
</html>
`;
}
