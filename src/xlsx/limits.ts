const MB = 1024 * 1024;

/**
 * How much of a workbook is believed, against zip bombs and sheets without end. Bytes are unpacked ones; the file itself is
 * bounded before it is opened. A sheet of a million rows and seventeen filled columns stays below.
 */
export const WORKBOOK_LIMITS = {
  /** Members of the zip. */
  entries: 10_000,
  /** Sheets that are looked at. */
  sheets: 250,
  /** Everything that is unpacked, however often the same is: each sheet is looked at. */
  totalBytes: 3 * 1024 * MB,
  /** A sheet. */
  sheetBytes: 1024 * MB,
  /** The texts that the sheets share. */
  stringBytes: 512 * MB,
  /** Everything that says how the workbook is put together. */
  partBytes: 16 * MB,
  /** What is laid out of a sheet: a short text that many cells share grows there. */
  tableBytes: 1024 * MB,
  /** A column beyond that has no name that we know. */
  columns: 1_000,
  /** The last row that a spreadsheet has. */
  rows: 1_048_576,
  /** In characters: the most that Excel keeps in a cell, and far more than a row may hold. */
  cellLength: 32_767,
  rowLength: MB,
  /** Elements within elements. */
  depth: 64,
  /** Characters between two tags, in a tag, or in whatever else has no end. */
  nodeLength: 2 * MB,
} as const;
