-- CreateEnum
CREATE TYPE "template_purpose" AS ENUM ('import', 'export');

-- AlterTable
ALTER TABLE "import" ADD COLUMN     "chosen" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "own_template" JSONB,
ADD COLUMN     "wanted" JSONB;

-- CreateTable
CREATE TABLE "template" (
    "id" SERIAL NOT NULL,
    "purpose" "template_purpose" NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "fields" TEXT[],
    "header" BOOLEAN NOT NULL,
    "delimiter" TEXT,
    "encoding" TEXT,
    "by_header" BOOLEAN NOT NULL DEFAULT false,
    "skip_rows" INTEGER NOT NULL DEFAULT 0,
    "does" TEXT,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "template_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "template_purpose_name_key_key" ON "template"("purpose", "name_key");
