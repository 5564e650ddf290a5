import { bare, nearestSlip } from './suggest.ts';

/** A company that an import would bring: nobody works for it yet. */
export interface NewCompany {
  /** As the file writes it. */
  name: string;
  /** Only people with protected identity would (U8). */
  shielded: boolean;
  /** The company that is probably meant, where the name looks like a slip in another's. */
  meant?: string;
}

/** The known company of which a new name is probably a slip, or that it is but for the legal form; numbers tell companies apart. */
export function likelyCompany(name: string, known: readonly string[]): string | undefined {
  const alike = known.filter((one) => digitsOf(one) === digitsOf(name));
  const found = nearestSlip(withoutForm(name), alike.map(withoutForm), allowedSlips);
  return alike.find((one) => withoutForm(one) === found);
}

const digitsOf = (name: string): string => name.replace(/\D/g, '');

const withoutForm = (name: string): string => {
  const short = name.replace(/\s+(AB|HB|KB|A\/S|AS|Oy|Ltd|GmbH)\.?$/i, '');
  return bare(short) === '' ? name : short;
};

function allowedSlips(letters: number): number {
  if (letters < 5) return 0;
  return letters < 8 ? 1 : 2;
}

/** How many are remembered: a column of something else may be called "Company". */
export const mostNewCompanies = 100;
