-- CreateEnum
CREATE TYPE "import_origin" AS ENUM ('file', 'fill', 'undo');

-- AlterTable
ALTER TABLE "import" ADD COLUMN     "filter" JSONB,
ADD COLUMN     "origin" "import_origin" NOT NULL DEFAULT 'file',
ADD COLUMN     "undoes" INTEGER;

-- AlterTable
ALTER TABLE "import_block" ADD COLUMN     "earlier" JSONB;

-- CreateIndex
CREATE INDEX "import_undoes_idx" ON "import"("undoes");
