/** Out of `options`, the one called `text`, else the first that begins with it or holds it. */
export function pick<T extends { readonly value?: string }>(
  options: readonly T[],
  nameOf: (option: T) => string,
  text: string,
): T {
  const found =
    options.find((option) => nameOf(option) === text || option.value === text) ??
    options.find((option) => nameOf(option).startsWith(text)) ??
    options.find((option) => nameOf(option).toLowerCase().includes(text.toLowerCase()));
  if (!found)
    throw new Error(`No option "${text}" among: ${options.map(nameOf).join(', ') || 'none at all'}`);
  return found;
}
