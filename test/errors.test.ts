import { expect, test } from 'vitest';
import { Refusal, refuse } from '../src/errors.ts';

test('a refusal speaks both languages and names the field at fault', () => {
  const refusal = refuse(
    'unknown_verb',
    { verb: 'verfy', nearest: { sv: 'verifiera', en: 'verify' } },
    'verb',
  );
  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal.text).toEqual({
    sv: 'Jag känner inte till ”verfy”. Menade du `/vc verifiera`?',
    en: 'I don\'t know "verfy". Did you mean `/vc verify`?',
  });
  expect(refusal.field).toBe('verb');
});
