-- AlterEnum
ALTER TYPE "import_state" ADD VALUE 'joined';

-- AlterTable
ALTER TABLE "import" ADD COLUMN     "files" JSONB,
ADD COLUMN     "joined_into" INTEGER;

-- CreateIndex
CREATE INDEX "import_joined_into_idx" ON "import"("joined_into");
