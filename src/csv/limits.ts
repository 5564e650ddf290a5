import { largestFile } from '../rules/size.ts';
import type { FileLimits } from './types.ts';

/** How large a file may be, and how many data rows it may have. */
export const FILE_LIMITS: FileLimits = { bytes: largestFile, rows: 1_000_000 };

/** How much of a file's beginning is looked at to tell what it is. */
export const HEAD_BYTES = 256 * 1024;

/** How much is looked at, from the first letter beyond ASCII on, to tell one encoding from another. */
export const SAMPLE_BYTES = 64 * 1024;

/** How many rows are handed on at a time: few, so that they are gone before they count as long-lived. */
export const BATCH_ROWS = 1_000;

/** How much is handed on at a time, give or take a row: in bytes of a file of text, in characters of a workbook. */
export const BATCH_LENGTH = 1024 * 1024;

/** The longest row that is believed, in bytes: beyond it a quote was left open. */
export const ROW_BYTES = 1024 * 1024;
