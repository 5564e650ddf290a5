-- AlterTable
ALTER TABLE "import" ADD COLUMN "new_companies" JSONB;
