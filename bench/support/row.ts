/** What is measured under one name. */
export interface Row {
  name: string;
  /** Takes more than a few minutes, or more memory than may be at hand: run by name or with --all. */
  heavy?: boolean;
  /** `size`: 1 is the budget's own; smaller ones try the bench itself. */
  run(size: number): Promise<Finding>;
}

/** One line of the table. */
export interface Finding {
  what: string;
  /** With its unit, such as `1,150/s`. */
  measured: string;
  /** The same, of the least that the work can take; where the budget is a bare number, none. */
  bare?: string;
  /** measured / bare. */
  ratio?: number;
  budget: Budget;
  /** What the budget is held against: the ratio, or a bare number in the budget's unit. */
  value: number;
  /** Where it was measured, and what else there is to know. */
  notes: readonly string[];
}

export interface Budget {
  is: 'at least' | 'at most';
  value: number;
  /** `×` for a ratio. */
  unit: '×' | 'ms' | 's' | 'MB';
}

export function isKept({ budget: { is, value: limit }, value }: Finding): boolean {
  return is === 'at least' ? value >= limit : value <= limit;
}

/** A number as people read it. */
export function shown(value: number, digits = 0): string {
  return value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
}
