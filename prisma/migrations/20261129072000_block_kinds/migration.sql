-- What is said of the rows of a block, each kind once, with semicolons around: a log that shows the rows of one kind leaves the
-- other blocks out without reading what is said in them.
ALTER TABLE "import_block" ADD COLUMN "hint_kinds" TEXT, ADD COLUMN "note_kinds" TEXT;

UPDATE "import_block" SET
  "hint_kinds" = (
    SELECT ';' || string_agg(DISTINCT kind #>> '{}', ';') || ';' FROM jsonb_path_query("hints", '$.*[*].kind') AS kind),
  "note_kinds" = (
    SELECT ';' || string_agg(DISTINCT split_part(note, ':', 1), ';') || ';'
    FROM jsonb_each_text("notes") AS n (place, of_row), unnest(string_to_array(of_row, ';')) AS note)
WHERE "hints" IS NOT NULL OR "notes" IS NOT NULL;
