-- CreateEnum
CREATE TYPE "export_state" AS ENUM ('writing', 'done', 'failed', 'gone');

-- CreateTable
CREATE TABLE "export" (
    "id" INTEGER NOT NULL DEFAULT next_run_number(),
    "state" "export_state" NOT NULL DEFAULT 'writing',
    "file_name" TEXT NOT NULL,
    "template" JSONB NOT NULL,
    "template_key" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "only_new" BOOLEAN NOT NULL DEFAULT false,
    "since" TIMESTAMPTZ(3),
    "language" "language" NOT NULL,
    "reach" JSONB NOT NULL,
    "place" JSONB NOT NULL,
    "created_by" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(3),
    "expected" INTEGER NOT NULL,
    "expected_shielded" INTEGER NOT NULL,
    "users" INTEGER NOT NULL DEFAULT 0,
    "shielded" INTEGER NOT NULL DEFAULT 0,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "size" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "finished_at" TIMESTAMPTZ(3),
    "handed_at" TIMESTAMPTZ(3),

    CONSTRAINT "export_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "export_part" (
    "export_id" INTEGER NOT NULL,
    "part" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "export_part_pkey" PRIMARY KEY ("export_id","part")
);

-- CreateIndex
CREATE INDEX "export_created_at_idx" ON "export"("created_at");

-- CreateIndex
CREATE INDEX "export_template_key_read_at_idx" ON "export"("template_key", "read_at");

-- AddForeignKey
ALTER TABLE "export_part" ADD CONSTRAINT "export_part_export_id_fkey" FOREIGN KEY ("export_id") REFERENCES "export"("id") ON DELETE CASCADE ON UPDATE CASCADE;
